/** A form of the console may wait for a text: its wish comes with the address, and an id goes back. */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The wish that a page was opened for, out of `?for=`; null when there is none. */
export function wishOf(search: string): string | null {
  const wish = new URLSearchParams(search).get("for") ?? "";
  return UUID.test(wish) ? wish : null;
}

/**
 * Where a text's id goes back to: always this cluster's own console, whatever the address said, and
 * with two ids alone. What stands behind the # is sent to no server.
 */
export function handBackAddress(console: string, wish: string, text: string): string {
  return `${console}/hand-back#${new URLSearchParams({ for: wish, text })}`;
}
