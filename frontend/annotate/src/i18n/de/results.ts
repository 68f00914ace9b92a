import type { results as english } from "../en/results";
import type { Format } from "../format";

export const results = ({ number, plural, points }: Format): ReturnType<typeof english> => ({
  evaluation: "Bewertung",
  measuredOn: (predictor, dataset) => `${predictor} auf ${dataset}`,
  measuredWhat: ({ examples, found, wrong, isWhole }) =>
    `Gemessen an ${number(examples)} zurückgehaltenen Beispielen: Es findet ${number(found)} von 100; ${number(wrong)} von 100 seiner ${isWhole ? "Labels" : "Markierungen"} sind falsch.`,
  figures: "Zahlen",
  between: (low, high) =>
    `F zwischen ${points(low)} und ${points(high)} in 95 von 100 solchen Mengen`,
  nothingHidden: "Hier steht jede Zahl, auch die aus wenigen Beispielen. Gemessen",
  macro: "Mittel der Labels",
  confusion: "Verwechselte Labels",
  confusionWhat: "wie viele Texte vom Label der Zeile das der Spalte bekamen",
  rightIs: "Richtig ist",
  rocAuc: "ROC-AUC",
  compare: "Vergleichen mit",
  compareWhat: "gemessen an denselben Texten",
  onlyFigures: "Nur die Zahlen wurden behalten",
  onlyFiguresWhat:
    "Punkte einer Lernkurve, und was früher gemessen wurde, haben keine Texte. Bewerten Sie noch einmal, um sie zu sehen.",

  worst: "Schlechteste Texte",
  texts: (shown, all) =>
    shown === all
      ? plural(all, { one: "1 Text", other: `${number(all)} Texte` })
      : `${number(shown)} von ${number(all)} Texten`,
  byKind: "Art des Fehlers",
  byLabel: "Label",
  everyLabel: "Jedes Label",
  allKinds: "Alle",
  kinds: { missed: "Übersehen", spurious: "Zu viel", boundary: "Grenze", label: "Label" },
  kindWhat: {
    missed: "Etwas ist da und wurde nicht gefunden",
    spurious: "Etwas wurde gefunden, wo nichts ist",
    boundary: "Richtiges Label, falsche Ränder oder falscher Kopf",
    label: "Gefunden, unter einem anderen Label",
  },
  noMistakes: "Keine solchen Fehler",
  noMistakesWhat: "Wählen Sie eine andere Art oder ein anderes Label.",
  editAnswer: "Ihre Antwort bearbeiten",
  correctAnswer: "Die Antwort berichtigen",
  correctionsCount:
    "Ist die Antwort falsch, nicht die Vorhersage? Berichtigen Sie sie; ab der nächsten Bewertung zählt es.",
  whyNotEdited: {
    no_task:
      "Die Antwort lässt sich nicht bearbeiten: Keine Aufgabe fragt nach diesem Text mit allen Labels der Antwort.",
    closed: "Die Antwort lässt sich nicht bearbeiten: Die Aufgabe zu diesem Text ist geschlossen.",
  },
  right: "Richtig",
  insteadOf: (predicted, gold) => `${predicted}, nicht ${gold}`,
  refused: (labels) => `nicht ${labels}`,
  none: "nichts",

  comparison: "Unterschied",
  againstTitle: (after, before) => `${after} gegen ${before}`,
  verdict: ({ after, before, difference, low, high, isTold }) => {
    const range = `zwischen ${signed(points(low))} und ${signed(points(high))} Punkten`;
    if (!isTold) return `Zu knapp, um es zu sagen: Der Unterschied im F liegt ${range}.`;
    const [first, second] = difference > 0 ? [after, before] : [before, after];
    return `${first} ist um ${points(Math.abs(difference))} Punkte F besser als ${second}; der Unterschied liegt ${range}.`;
  },
  changed: (changes, after, before) =>
    `${after} macht in ${number(changes.fixed)} Texten weniger Fehler als ${before}, in ${number(changes.broken)} mehr, in ${number(changes.same)} gleich viele.`,
  byChange: "Was sich änderte",
  changeNames: { fixed: "Behoben", broken: "Neu falsch" },
  noSuchTexts: "Keine solchen Texte",

  tryTitle: "Einen Satz ausprobieren",
  tryWhat: "was alles dazu sagt, was im Projekt vorhersagt",
  tryLead:
    "Alles im Projekt, was vorhersagt, antwortet nebeneinander. Was Sie tippen, wird weder gespeichert noch protokolliert.",
  trySentence: "Satz",
  tryHint: "Enter fragt; Umschalt und Enter beginnt eine neue Zeile.",
  try: "Alle fragen",
  trying: "Wird gefragt …",
  noPredictors: "Noch nichts sagt vorher",
  noPredictorsWhat: "Schreiben Sie Regeln oder trainieren Sie ein Modell; sie alle antworten hier.",
  whatEachSays: "Was sie sagen",
  notLoaded: (name) => `${name} lässt sich hier nicht laden.`,
  took: (milliseconds) => `${number(Math.ceil(milliseconds))} ms`,
});

const signed = (points: string): string => (points.startsWith("-") ? points : `+${points}`);
