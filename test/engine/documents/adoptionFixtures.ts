/** Two short adoption agreements of fictional vendors, as their packages print them. */

export const ALDER_ADOPTION = `# ALDER PROTOTYPE 401(k) PLAN ADOPTION AGREEMENT

The undersigned Employer adopts the Plan and makes the elections below. Complete every item; an item left open is not effective.

## Part A. Employer Information

**Name of Employer:** __Harbor Lane Tools, Inc.__

**Employer tax number:** ____________

**A-3. Plan Year.** The Plan Year is (select one) (Plan Section 1.30):

- [x] a. the calendar year
- [ ] b. the 12-month period that ends on ____________ (month and day)
- [ ] c. a short Plan Year that begins ________ and ends ________, then the calendar year

## Part B. Eligibility

### B-1. Minimum age (Plan Section 3.01)

An Employee must attain the following age. Select one:

- [ ] a. No minimum age
- [x] b. Age __21__ (not to exceed 21)

### B-2. Excluded Employees (BPD §3.02)

The following Employees are excluded. Check all that apply:

- [x] a. Union Employees
- [ ] b. Nonresident aliens
- [x] c. Other Employees:
  - [x] i. Leased Employees
  - [ ] ii. Employees of the division named: ____________
- [ ] d. Interns

Note: option c. may not be used to exclude part-time Employees.

## Part C. Contributions

The Employer may elect one or more of the following.

### C-1. Matching Contributions

[ ] Yes   [x] No

### C-2. Vesting (Plan Section 6.02 and 6.03). Choose one.

( ) 100% at once
(x) 3-year cliff
(x) 6-year graded: __20__% a year from year 2
`;

/** Plain text: lines for boxes, questions in another order and another direction, one thing left open. */
export const CEDAR_ADOPTION = `                 CEDAR VOLUME SUBMITTER PLAN
                     ADOPTION AGREEMENT

By signing this Adoption Agreement, the Employer adopts the Cedar plan.

I. EMPLOYER DATA

1.   Name: Harbor Lane Tools, Inc. ______________
     (a) Address: ______________________
     (b) Telephone: __555-0100__

2.   Plan Year means:
     [X]  (a)  the calendar year.
     [ ]  (b)  the Plan Year ending ____________.

II. ELIGIBILITY

3.   MINIMUM AGE (Section 2.1 of the Plan). Check one:

     ___  (a)  No age requirement.
     _X_  (b)  Age 20 1/2.
     ___  (c)  Age ____ (may not exceed 21).

4.   Service. An Eligible Employee must complete (choose only one):
     [ ] (a) no service
     [X] (b) one Year of Service, which is
          [ ] (i) 1,000 Hours of Service
          [X] (ii) ___750___ Hours of Service (not more than 1,000)
     [ ] (c) _____ consecutive months

5.   Covered Employees. The following Employees are included only if the box is
     ticked (check all that apply):
     [ ] (a) Union Employees
     [ ] (b) Leased Employees

III. CONTRIBUTIONS

6.   Does the Plan permit loans?  [X] Yes  [ ] No

7.   Employer matching contribution
     (a)  Rate: $____ or 50 percent
     (b)  Limit: [ ] 4% [X] 6% of Compensation

The Employer should consult its counsel before signing.

Signed: ________________
`;
