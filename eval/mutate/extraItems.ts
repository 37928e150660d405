/** Items no base has: what the form of another vendor may ask. */
export const EXTRA_ITEMS: readonly (readonly [title: string, lines: readonly string[]])[] = [
  ['Electronic signatures', ['The recordkeeper accepts signatures given on its portal.', '', '- [x] Yes', '- [ ] No']],
  ['Student loan matching', ['Qualified student loan payments are matched (select one):', '', '- [x] (a) not at all', '- [ ] (b) at the rate that applies to deferrals']],
  ['Emergency savings', ['A pension-linked emergency savings account holds at most $__2,500__ for a non-highly paid worker.']],
  ['Domestic abuse withdrawals', ['A victim of domestic abuse may take out the lesser of $10,000 and half of the vested balance.', '', '- [ ] Yes', '- [x] No']],
  ['Birth or adoption', ['Upon a birth or an adoption a parent may withdraw up to $__5,000__ per child.']],
  ['Brokerage window', ['A self-directed brokerage window is open to (select one):', '', '- [x] (a) nobody', '- [ ] (b) those whose balance exceeds $____________']],
  ['Managed accounts', ['The provider of managed accounts charges __0.40__% of the balance a year.']],
  ['Language assistance', ['The summary plan description carries a notice in the following language: __Spanish__']],
  ['Auto-portability', ['Small balances rolled over to an individual retirement account follow the worker to the next job.', '', '- [x] Yes', '- [ ] No']],
  ['Committee charter', ['The investment committee has the following number of voting members: __5__']],
  ['Cybersecurity contact', ['Breaches of participant data are reported within __72__ hours to: __the chief information officer__']],
  ['Uncashed checks', ['A check that is not presented is voided (select one):', '', '- [x] (a) 180 days after its issue', '- [ ] (b) one year after its issue']],
];
