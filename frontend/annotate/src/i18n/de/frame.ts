import type { frame as english } from "../en/frame";
import type { Format } from "../format";

export const frame = ({ plural, number }: Format): ReturnType<typeof english> => ({
  loading: "Wird geladen …",
  loadingLong:
    "Was eben in der Konsole angelegt wurde, braucht ein paar Sekunden, bis es hier ankommt.",
  stays: "auf Ihrem eigenen Cluster: Nichts von dieser Seite verlässt ihn",
  close: "Schließen",
  tryAgain: "Noch einmal versuchen",
  line: (line) => `Zeile ${line}`,
  myTasks: "Meine Aufgaben",
  project: "Projekt",
  noTasks: "Noch gehört Ihnen keine Aufgabe",
  noTasksWhy:
    "Wer das Projekt leitet, nimmt Sie in der Konsole in eine Aufgabe auf; sie erscheint dann sofort hier.",
  scripts: "Skripte auf Laptops",
  scriptsWhat: "Was Sie mit annex login --cluster hereingelassen haben.",
  scriptsOpen: "Auflisten und beenden",
  simulated: "Simulierte Person:",
  simulatedWhy: "Antworten von hier gelten überall als simuliert.",

  signIn: "Anmelden",
  signInToGoOn: "Melden Sie sich an, um weiterzumachen",
  signInWhy: "Die Konsole Ihrer Organisation prüft, wer Sie sind, und bringt Sie hierher zurück.",
  signedIn: "Angemeldet",
  youAreSignedIn: "Sie sind angemeldet",
  signedInWhat: "Schließen Sie dieses Fenster und machen Sie weiter, wo Sie waren.",
  notHere: "Nicht hier",
  noSuchPage: "Diese Seite gibt es nicht",
  noSuchPageWhat:
    "Vielleicht ist der Link abgeschnitten. Öffnen Sie ihn noch einmal in der Konsole.",
  sessionEnds: (minutes) => `Ihre Sitzung endet in ${number(minutes)} min`,
  sessionEndsWhat: "Sie melden sich neben dieser Seite an; Ihre Arbeit bleibt, wie sie ist.",
  signInAgain: "Neu anmelden",

  signOut: "Abmelden",
  signingOut: "Wird abgemeldet …",
  notSavedYet: "Einige Antworten sind noch nicht gespeichert",
  loseAnswers: (count) =>
    plural(count, {
      one: "Abmelden und eine verlieren",
      other: `Abmelden und ${number(count)} verlieren`,
    }),
  stay: "Bleiben",
  loseWhat: (count) =>
    `${plural(count, {
      one: "Eine der Antworten in diesem Browser hat",
      other: `${number(count)} der Antworten in diesem Browser haben`,
    })} den Cluster noch nicht erreicht. Bleiben Sie, bis oben „Gespeichert“ steht; das Abmelden entfernt sie.`,
  stillSignedIn: "Sie sind noch angemeldet",
  stillSignedInWhat:
    "Solange Sie nicht abgemeldet sind, arbeitet in Ihrem Namen, wer diesen Browser als Nächstes benutzt.",

  signedOut: "Sie sind abgemeldet",
  signedOutWhat: "Melden Sie sich neu an, um weiterzumachen.",
  unreachable: "Der Cluster antwortet nicht",
  unreachableWhat:
    "Prüfen Sie Ihr Netz oder warten Sie einen Moment und versuchen Sie es noch einmal. Geändert wurde nichts.",
});
