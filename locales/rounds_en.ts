/**
 * English for how rounds, teams and goals are set, and for their prizes.
 * `en.ts` takes it in.
 *
 * @module
 */
const plural = (n: number, one: string) =>
  `${n.toLocaleString("en")} ${one}${n === 1 ? "" : "s"}`;

/** See the module. */
export const roundsEn = {
  own: "Your own round",
  ownHelp: "The next round is played the same way, until you change it",
  seconds: "Clock in seconds (0: none)",
  secondsHelp: "No clock, or 10 seconds to 2 hours",
  target: "First to so many points (0: none)",
  by: "Who wins",
  byViewer: "A viewer",
  byTeam: "A team",
  needsTeams: "Set two teams first",
  fromZero: "Everybody from zero",
  bestOf: "Series",
  single: "No series",
  best: (n: number) => `Best of ${n}`,
  seriesHelp: "While a series runs, winners do not sit out",
  overtime: "Overtime in a close finish",
  within: "If the lead changed in the last",
  margin: "Or the gap is under",
  add: "Then add",
  times: "At most",
  numbersBad: "One of the numbers is too small or too large",
  timesUnit: "times",
  begin: "Start this round",
  round_runs: "A round is running. Freeze the game to start another",

  teams: "Teams",
  team: (n: number) => `Team ${n}`,
  name: "Name",
  colour: "Colour",
  words: "Words that join",
  wordsHelp: "A comment that is only this word joins the team",
  addWord: "Add word",
  removeWord: (word: string) => `Remove ${word}`,
  wordTwice: "Each word can join one team only",
  nameMissing: "Each team needs a name",
  hold: "A choice holds for",
  holdRound: "the round",
  holdSession: "the whole game",
  addTeam: "Add a team",
  removeTeam: (name: string) => `Remove ${name}`,
  noTeams: "Play without teams",
  noTeamsConfirm: "Tap again",
  teamsFixed: "Teams can be added and removed between rounds",
  save: "Save",
  saved: "Saved",
  members: "On the board",
  nobody: "Nobody yet",
  inNone: "In no team",
  joinedTeam: "Changed team",

  goals: "Goals",
  goal: (n: number) => `Goal ${n}`,
  title: "Title",
  counts: "Counts",
  of: {
    roomLikes: "Likes of the room",
    likes: "Likes with names",
    diamonds: "Diamonds",
    points: "Points",
    followers: "Followers",
    gift: "One gift",
  },
  giftId: "Number of the gift",
  giftMissing: "Give the number of the gift",
  steps: "Steps, with commas between",
  stepsBad: "1 to 20 whole numbers, each higher than the one before",
  scope: "Counted over",
  addGoal: "Add a goal",
  removeGoal: (n: number) => `Take goal ${n} off`,
  noGoals: "No goal yet. Viewers reach one together",
  step: (n: number, of: number) => `step ${n} of ${of}`,

  boostTimes: "Boost",
  boostSeconds: "For",
  boostStart: (times: number, seconds: number) =>
    `Boost ×${times} for ${seconds} s`,

  late: (viewers: number, points: string) =>
    `${plural(viewers, "viewer")}, ${points} points came late`,
  count: "Count",
  counted: "Counted",

  list: "Rounds and prizes",
  open: "no winner yet",
  stars: "Stars",
  prize: (nickname: string) => `Prize of ${nickname} handed over`,
  delivered: "Handed over",
  due: "Prize to hand over",
  dueCount: (n: number) => `${plural(n, "prize")} to hand over`,
  marked: "Handed over",
  unmarked: "To hand over",
  none: "No round yet",

  source: "This source shows",
  parts: {
    all: "Everything",
    board: "Board",
    clock: "Clock",
    teams: "Teams",
    goal: "Goals",
    rules: "What counts",
  },
};
