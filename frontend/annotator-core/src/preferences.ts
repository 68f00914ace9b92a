/**
 * How a person likes to work. Kept on the cluster, so that it follows them from browser to browser;
 * a copy here paints the page before the cluster has answered, and takes changes while it cannot.
 */
import type { Http } from "./http";
import { type Action, DEFAULT_KEYMAP, type Keymap, keymapWith } from "./keymap";
import type { KeyValue } from "./records";
import { Store } from "./store";

export const DENSITIES = ["comfortable", "compact"] as const;
export const TEXT_SIZES = ["small", "medium", "large", "largest"] as const;
export const THEMES = ["system", "light", "dark"] as const;
export const SWIPES = ["on", "off"] as const;
export const LANGUAGES = ["en", "de"] as const;

export type Language = (typeof LANGUAGES)[number];

/** The body of `/api/preferences`. */
export interface Preferences {
  /** What differs from our own keys. */
  readonly keymap: Readonly<Partial<Record<Action, string>>>;
  readonly density: (typeof DENSITIES)[number];
  readonly text_size: (typeof TEXT_SIZES)[number];
  readonly theme: (typeof THEMES)[number];
  readonly language: Language | "system";
  /** On a phone: answer by a finger across the page. */
  readonly swipe: (typeof SWIPES)[number];
}

export const DEFAULT_PREFERENCES: Preferences = {
  keymap: {},
  density: "comfortable",
  text_size: "medium",
  theme: "system",
  language: "system",
  swipe: "on",
};

interface Copy {
  /** Whose they are; nobody's until someone has signed in. */
  readonly subject: string | null;
  readonly chosen: Preferences;
  /** Chosen here, and not yet on the cluster. */
  readonly unsent: boolean;
}

const KEY = "annex.preferences";
const PATH = "/api/preferences";

export class PreferenceKeeper {
  readonly state: Store<Preferences>;
  private subject: string | null;
  private unsent: boolean;
  private sending = false;

  constructor(
    private readonly http: Http,
    private readonly storage: KeyValue,
  ) {
    const copy = readCopy(storage.getItem(KEY));
    this.state = new Store(copy.chosen);
    this.subject = copy.subject;
    this.unsent = copy.unsent;
  }

  /** Somebody is signed in: show how they like to work. What they changed meanwhile wins. */
  async follow(subject: string): Promise<void> {
    if (subject !== this.subject) {
      this.subject = subject;
      this.unsent = false;
      this.take(DEFAULT_PREFERENCES);
    }
    if (this.unsent) return this.send();
    const chosen = await this.http.get<unknown>(PATH).catch(() => null);
    if (chosen && !this.unsent) this.take(readPreferences(chosen));
  }

  /** Take a change: on the page and on this disk at once, on the cluster as soon as it answers. */
  change(part: Partial<Preferences>): Promise<void> {
    this.unsent = true;
    this.take({ ...this.state.get(), ...part });
    return this.send();
  }

  /** Send what waits, the newest last; what does not arrive is sent when the person is next seen. */
  async send(): Promise<void> {
    if (!this.unsent || this.sending) return;
    this.sending = true;
    try {
      for (let sent: Preferences | null = null; sent !== this.state.get(); ) {
        sent = this.state.get();
        await this.http.send("PUT", PATH, { json: sent });
      }
      this.unsent = false;
      this.keep();
    } catch {
      // It is on this disk.
    } finally {
      this.sending = false;
    }
  }

  private take(chosen: Preferences): void {
    this.state.set(chosen);
    this.keep();
  }

  private keep(): void {
    const copy: Copy = { subject: this.subject, chosen: this.state.get(), unsent: this.unsent };
    this.storage.setItem(KEY, JSON.stringify(copy));
  }
}

/** Take what can be understood; the rest is as we would have it. */
export function readPreferences(stored: unknown): Preferences {
  const found = isRecord(stored) ? stored : {};
  const among = <T extends string>(name: keyof Preferences, values: readonly T[]) =>
    values.find((value) => value === found[name]);
  return {
    keymap: differences(keymapWith(found.keymap)),
    density: among("density", DENSITIES) ?? DEFAULT_PREFERENCES.density,
    text_size: among("text_size", TEXT_SIZES) ?? DEFAULT_PREFERENCES.text_size,
    theme: among("theme", THEMES) ?? DEFAULT_PREFERENCES.theme,
    language: among("language", LANGUAGES) ?? DEFAULT_PREFERENCES.language,
    swipe: among("swipe", SWIPES) ?? DEFAULT_PREFERENCES.swipe,
  };
}

/** The keys that differ from ours. */
export function differences(keymap: Keymap): Preferences["keymap"] {
  const own = (Object.keys(keymap) as Action[]).filter(
    (action) => keymap[action] !== DEFAULT_KEYMAP[action],
  );
  return Object.fromEntries(own.map((action) => [action, keymap[action]]));
}

/** The language to speak: the chosen one, else the first of the browser's that we have, else English. */
export function languageOf(chosen: Preferences["language"], wanted: readonly string[]): Language {
  if (chosen !== "system") return chosen;
  const primary = wanted.map((tag) => tag.toLowerCase().split("-")[0]);
  return primary.map((tag) => LANGUAGES.find((one) => one === tag)).find(Boolean) ?? "en";
}

function readCopy(stored: string | null): Copy {
  try {
    const copy = JSON.parse(stored ?? "{}") as Partial<Copy>;
    return {
      subject: copy.subject ?? null,
      chosen: readPreferences(copy.chosen),
      unsent: copy.unsent === true,
    };
  } catch {
    return { subject: null, chosen: DEFAULT_PREFERENCES, unsent: false };
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
