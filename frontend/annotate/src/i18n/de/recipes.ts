import type { recipes as english } from "../en/recipes";
import type { Format } from "../format";

export const recipes = ({ plural, number }: Format): ReturnType<typeof english> => ({
  by: (at, name) => `${at}, ${name}`,
  somebody: "jemand",
  never: "nie",
  lookAgain: "Neu nachsehen",

  texts: (project) => `Texte von ${project}`,
  textsLead:
    "Was Rezepten in Worten gesagt wird: eine Frage, eine Anweisung, ein Prompt. Sie lesen es hier; die Konsole kennt nur seine Id.",
  formWaits: "Ein Formular in der Konsole wartet auf einen Text",
  formWaitsWhat:
    "Schreiben Sie einen, oder wählen Sie einen von hier, und geben Sie seine Id zurück. Die Worte bleiben auf diesem Cluster.",
  writeText: "Einen Text schreiben",
  text: "Text",
  textHint: "Das Rezept liest ihn, wie er hier steht, mit seinen Zeilenumbrüchen.",
  textTooLong: (most) => `Er hat mehr als ${number(most)} Zeichen.`,
  keepText: "Auf diesem Cluster behalten",
  textKept: "Er ist aufgehoben. Das ist seine Id:",
  handBack: "Seine Id ins Formular geben",
  copyId: "Id kopieren",
  copied: "Kopiert",
  textsHere: "Texte dieses Projekts",
  noTexts: "Noch kein Text",
  noTextsWhat:
    "Rezepte, denen etwas in Worten gesagt wird, fragen nach der Id eines Textes. Texte ändern sich nie: Schreiben Sie einen neuen und legen Sie die Aufgabe oder den Auftrag damit an.",
  wholeText: "Ganz zeigen",

  stream: "Strom",
  streamOf: (task) => `Strom von „${task}“`,
  streamLead:
    "Was das Rezept dieser Aufgabe auf diesem Cluster tut. Seine Fehler können Text zitieren, darum bleiben sie hier.",
  streamStates: {
    open: "Der Strom gibt Beispiele",
    ended: "Der Strom hat keine Beispiele mehr",
    refused: "Das Rezept läuft auf diesem Cluster nicht",
    failed: "Das Rezept ist gescheitert",
  },
  streamStatesWhat: {
    open: "Weitere werden geholt, wenn sie gebraucht werden, nie alle auf einmal.",
    ended: "Beantwortet wird, was geholt wurde; mehr kommt nicht.",
    refused:
      "Sehen Sie nach, ob sein Paket installiert ist, und versuchen Sie es dann noch einmal.",
    failed:
      "Beantwortet wird, was vorher geholt wurde. Mehr kommt erst, wenn es jemand noch einmal versucht; es geht weiter, wo es war.",
  },
  refusals: {
    "recipe.not_installed":
      "Sein Paket ist hier nicht installiert. Veröffentlichen Sie es auf diesem Cluster.",
    "recipe.other_digest":
      "Unter gleichem Namen und gleicher Version ist hier ein anderes Paket installiert. Veröffentlichen Sie es unter einer neuen Version und legen Sie die Aufgabe damit an.",
    "recipe.unknown":
      "Das installierte Paket hat kein solches Rezept dieser Art. Veröffentlichen Sie eine Version, die es hat.",
    "recipe.bad_arguments":
      "Die Argumente der Aufgabe passen nicht zum installierten Rezept. Legen Sie die Aufgabe neu an.",
    "recipe.missing_resource":
      "Etwas, das ihre Argumente nennen, ist nicht auf diesem Cluster. Legen Sie die Aufgabe mit dem an, was da ist.",
    "recipe.not_provided":
      "Diese Version des Workers gibt Rezepten weder Endpunkte noch Geheimnisse.",
  },
  taken: "Geholte Beispiele",
  drawnAt: "Zuletzt geholt",
  tryAgainWhat: "Es geht nach dem letzten geholten Beispiel weiter.",
  noFailures: "Nichts ist gescheitert",
  noFailuresWhat: "Falls doch, steht hier, was das Rezept geworfen und ausgegeben hat.",
  failures: "Was schiefging",
  newestFirst: "das Neueste zuerst",
  failureKinds: {
    "recipe.raised": "Das Rezept hat einen Fehler geworfen",
    "recipe.exited": "Der Prozess des Rezepts hat geendet",
    "recipe.timed_out": "Das Rezept hat nicht rechtzeitig geantwortet",
    "recipe.garbage": "Der Prozess des Rezepts hat etwas geantwortet, das keine Antwort ist",
    "recipe.too_long": "Der Prozess des Rezepts hat mehr gesagt, als auf einmal geht",
    "recipe.bad_example": "Das Rezept hat ein Beispiel gegeben, das nicht gespeichert werden kann",
    "recipe.bad_answer": "Das Rezept hat eine Antwort gegeben, die nicht gespeichert werden kann",
    "recipe.unfenced": "Diese Maschine kann ein Rezept nicht einzäunen",
  },
  unchecked: (count) =>
    plural(count, {
      one: "1 Antwort wurde gespeichert, wie sie kam, ohne Prüfung durch das Rezept.",
      other: `${number(count)} Antworten wurden gespeichert, wie sie kamen, ohne Prüfung durch das Rezept.`,
    }),
  traceback: "Traceback",
  printed: "Was es ausgegeben hat",

  packages: "Pakete mit Rezepten",
  packagesLead:
    "Code, der auf diesem Cluster veröffentlicht wurde. Jedes Paket läuft eingezäunt: Es erreicht kein Netz, keine Datenbank und keine Datei außer denen seiner Argumente.",
  noPackages: "Noch kein Paket",
  noPackagesWhat: "annex recipes publish bringt eines von einem Laptop hierher.",
  packageStates: {
    waiting: "wartet auf Freigabe",
    installing: "wird installiert",
    installed: "installiert",
    refused: "ließ sich nicht installieren",
  },
  published: (at, name) => `Veröffentlicht am ${at} von ${name}.`,
  approved: (at, name) => `Freigegeben am ${at} von ${name}.`,
  waitsWhat:
    "Nichts davon läuft, bevor es freigegeben ist; das tun die Administratoren des Clusters. Vergleichen Sie vorher die Prüfsummen seiner Wheels mit denen auf dem Laptop.",
  approvePackage: "Freigeben und installieren",
  approvePackageWhat: "Ihr Name und der Zeitpunkt stehen dann im Zugriffsprotokoll.",
  approveOnMachine: "Pakete werden hier auf der Kommandozeile freigegeben",
  approveOnMachineWhat:
    "ANNEX_ADMINISTRATION_IN_BROWSER ist false: Nutzen Sie python -m worker packages approve.",
  whatIsInIt: "Rezepte, Wheels und das Protokoll der Installation",
  recipesOfIt: "Rezepte",
  recipe: "Rezept",
  kind: "Art",
  kinds: { task: "Aufgabe", job: "Auftrag" },
  does: "Was es tut",
  wheels: "Wheel-Dateien",
  file: "Datei",
  size: "Größe",
  digest: "Prüfsumme (SHA-256)",
  installLog: "Was die Installation gesagt hat",

  ofProjects: "Rezepte",
  ofProjectsWhat:
    "Zum Entwickeln: was Rezepten gesagt wird, wie sie laufen, was veröffentlicht wurde.",
  textsLink: (project) => `Texte von ${project}`,
  packagesLink: "Pakete auf diesem Cluster",
});
