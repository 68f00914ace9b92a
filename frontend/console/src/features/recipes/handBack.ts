/**
 * How the id of a text comes back from the cluster's page on which it was written: that page links to
 * `/hand-back#for=<wish>&text=<id>` of this console, and the tab that opens tells the waiting form.
 * The part behind `#` is sent to no server. A form takes an id only for the wish that it made itself,
 * so that no other page can fill it in.
 */

export interface Handed {
  wish: string;
  text: string;
}

const CHANNEL = "annex.hand-back";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TAKEN_MS = 1000;

/** What an address hands back; null unless both are ids and nothing else is there. */
export function handedOf(hash: string): Handed | null {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  return handed({ wish: parts.get("for"), text: parts.get("text") });
}

function handed(said: unknown): Handed | null {
  const { wish, text } = (said ?? {}) as Partial<Record<keyof Handed, unknown>>;
  return isId(wish) && isId(text) ? { wish, text } : null;
}

const isId = (word: unknown): word is string => typeof word === "string" && UUID.test(word);

/** The cluster's page, told for which wish it is opened. */
export function askAt(textsPage: string, wish: string): string {
  return `${textsPage}?for=${wish}`;
}

/** Take what is handed back for a wish until the returned function is called. */
export function onHanded(wish: string, take: (text: string) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent) => {
    const said = handed(data);
    if (said?.wish !== wish) return;
    take(said.text);
    channel.postMessage({ taken: wish });
  };
  return () => channel.close();
}

/** Hand it to the form that waits for it; false when none of this browser does. */
export function handBack(said: Handed): Promise<boolean> {
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise((resolve) => {
    const end = (taken: boolean) => {
      clearTimeout(timer);
      channel.close();
      resolve(taken);
    };
    const timer = setTimeout(() => end(false), TAKEN_MS);
    channel.onmessage = ({ data }: MessageEvent) => data?.taken === said.wish && end(true);
    channel.postMessage(said);
  });
}
