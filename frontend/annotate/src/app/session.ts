import { Http, type SessionToken } from "@annex/annotator-core";
import { createContext, useContext } from "react";
import { forgetEverything } from "./forget";

export interface Session extends SessionToken {
  readonly name: string;
  readonly simulated: boolean;
  readonly administrator: boolean;
  readonly idle_seconds: number;
  readonly expires_in_seconds: number;
  readonly projects: readonly {
    readonly id: string;
    readonly title: string;
    readonly role: string;
  }[];
  readonly tasks: readonly {
    readonly id: string;
    readonly title: string;
    readonly project: string;
    /** A published recipe gives its examples. */
    readonly has_stream: boolean;
  }[];
}

/** The one connection of this page, and of one person: for another the page starts anew. */
export const http = new Http();
http.onOtherPerson = () => location.reload();

const SIGNED_IN_SIGN = "signed-in";
const LOGIN_WINDOW = "width=520,height=720";

export function loadSession(): Promise<Session> {
  return http.session<Session>();
}

/** Leave for the login hop and come back to this page. */
export function goToLogin(): void {
  location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** Sign in in a window beside this page, which keeps the example and its draft. False when it was blocked. */
export function openLoginWindow(): boolean {
  const next = encodeURIComponent(`/?${SIGNED_IN_SIGN}`);
  return window.open(`/login?next=${next}`, "_blank", LOGIN_WINDOW) !== null;
}

/** True in the window that `openLoginWindow` opened, once it came back; tells the waiting pages. */
export function isReturnedLoginWindow(): boolean {
  if (!new URLSearchParams(location.search).has(SIGNED_IN_SIGN)) return false;
  const channel = new BroadcastChannel("annex.session");
  channel.postMessage(SIGNED_IN_SIGN);
  channel.close();
  window.close();
  return true;
}

/** Call back when someone signed in, in another window of this origin. */
export function onSignedInElsewhere(callback: () => void): () => void {
  const channel = new BroadcastChannel("annex.session");
  channel.onmessage = callback;
  return () => channel.close();
}

/**
 * End the session, then forget everything here and leave the page. Raises: what `http.signOut` raises;
 * then the session may go on, nothing was forgotten, and the person must hear of it.
 */
export async function signOut(): Promise<void> {
  await http.signOut("/api/logout");
  await forgetEverything();
  location.replace("/signed-out");
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("no session above this component");
  return session;
}
