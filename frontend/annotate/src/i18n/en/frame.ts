/** What stands around every page: the frame, the session, failures. */
import type { Format } from "../format";

export const frame = ({ plural, number }: Format) => ({
  loading: "Loading…",
  loadingLong: "What was made in the console a moment ago takes a few seconds to arrive here.",
  stays: "on your own cluster: nothing on this page leaves it",
  close: "Close",
  tryAgain: "Try again",
  line: (line: string) => `Line ${line}`,
  myTasks: "My tasks",
  project: "Project",
  noTasks: "No task is yours yet",
  noTasksWhy:
    "Whoever runs the project adds you to a task in the console; it appears here as soon as they do.",
  scripts: "Scripts on laptops",
  scriptsWhat: "What you have let in with annex login --cluster.",
  scriptsOpen: "List and end them",
  simulated: "Simulated annotator:",
  simulatedWhy: "Answers given here count as simulated everywhere.",

  signIn: "Sign in",
  signInToGoOn: "Sign in to go on",
  signInWhy: "Your organization's console checks who you are and brings you back here.",
  signedIn: "Signed in",
  youAreSignedIn: "You are signed in",
  signedInWhat: "Close this window and go on where you were.",
  notHere: "Not here",
  noSuchPage: "There is no such page",
  noSuchPageWhat: "The link may be cut short. Open it again from the console.",
  sessionEnds: (minutes: number) => `Your session ends in ${number(minutes)} min`,
  sessionEndsWhat: "It opens beside this page; your work stays as it is.",
  signInAgain: "Sign in again",

  signOut: "Sign out",
  signingOut: "Signing out…",
  notSavedYet: "Some answers are not saved yet",
  loseAnswers: (count: number) => `Sign out and lose ${number(count)}`,
  stay: "Stay",
  loseWhat: (count: number) =>
    `${plural(count, {
      one: "One of the answers in this browser has",
      other: `${number(count)} of the answers in this browser have`,
    })} not reached the cluster. Stay until the top bar says “Saved”; signing out removes them.`,
  stillSignedIn: "You are still signed in",
  stillSignedInWhat: "Until you are signed out, whoever uses this browser next works in your name.",

  signedOut: "You are signed out",
  signedOutWhat: "Sign in again to go on.",
  unreachable: "The cluster does not answer",
  unreachableWhat: "Check your network, or wait a moment, then try again. Nothing was changed.",
});
