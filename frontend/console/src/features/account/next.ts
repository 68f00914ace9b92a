/** Where to go after signing in: only ever a path of this origin. */

/** A safe path out of `?next=`; anything that could leave the origin becomes the start page. */
export function safeNext(next: string | undefined): string {
  if (!next?.startsWith("/") || next.startsWith("//") || next.includes("\\")) return "/";
  const url = new URL(next, "http://console.invalid");
  return url.origin === "http://console.invalid" ? url.pathname + url.search + url.hash : "/";
}

export function signInAddress(here: { pathname: string; search: string }): string {
  return `/sign-in?next=${encodeURIComponent(here.pathname + here.search)}`;
}
