/**
 * Why a unit was not decided, in words a reviewer reads. They are counted in the ledger, so each is one sentence for
 * many units; what is particular to a row stands in its `why`.
 */
export const REASONS = {
  headingOnly: 'heading only, no text to compare',
  unsure: 'no candidate is sure enough: choose among the candidates, or say there is none',
  tooClose: 'two candidates are too close to tell apart: choose one, or both',
  rivalSource: 'another provision answers its best candidate better: say whether they were merged',
  partsUnsettled: 'its words stand in several targets, or beside others in one; whether the effect is the same is not settled by rules',
  effectUnsettled: 'same topic; effect not settled by rules: compare the marked words',
  tooLong: 'same topic; too long for the rules to compare word by word',
  maybeMissing: 'probably no counterpart, but not surely: look for one, or confirm that it is missing',
  tooFewWords: 'too few words to look for a counterpart: look beside the fields around it',
  nearInMeaning: 'no counterpart by words, but a target is near in meaning: look at it, or confirm that it is missing',
  unrelated: 'nothing was found for it, and little for the others: the documents may be too far apart for rules',
  unreadTarget: 'no counterpart found so far, but parts of the target document could not be read',
  maybeNew: 'nothing claims it, but it is a candidate of provisions: say whether it belongs to one of them',
  unreadSource: 'nothing claims it, but parts of the source document could not be read',
  claimedOpen: 'claimed by a provision whose effect is left for review',
  electionUnanswered: 'same question; it is not answered on one side or both: answer it in the form, then compare',
  electionInDoubt: 'same question; its boxes and blanks do not agree on one side or both: settle the form, then compare',
  electionOpposite: 'same question; one form takes out what is ticked, the other takes it in: say what each comes to',
  electionAgainstText: 'same topic; an election on one side and plain text on the other: put what is elected into it and compare',
  electionShared: 'an election that shares its counterpart, or has several: compare what is elected in each',
  modelUnsure: 'rules left it open and the model is not sure either: compare the marked words',
  modelNone: 'rules left it open; the model finds none of the candidates shown to it to be its counterpart: look for another, or confirm that it is missing',
  modelNoneLeft: 'rules left it open; the model finds no counterpart among the candidates a first look left, and gave no answer about all of them: look for one, or confirm that it is missing',
  withdrawn: 'rules put it to a provision that a model gave another counterpart: say whether it is new',
  noTargets: 'the target document has no text to compare with',
} as const;
