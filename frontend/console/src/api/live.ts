/** How often a screen asks again: often while something runs, never when nothing does. */

export const RUNNING_MS = 1_500;
export const WAITING_MS = 2_500;
export const QUIET_MS = 15_000;

/** A `refetchInterval` that polls while `isLive` holds for the newest data. */
export function pollWhile<Data>(isLive: (data: Data) => boolean, every = RUNNING_MS) {
  return (query: { state: { data: Data | undefined } }): number | false => {
    const { data } = query.state;
    return data !== undefined && isLive(data) ? every : false;
  };
}
