const PAGES = [
  "t",
  "data",
  "rules",
  "guidelines",
  "labels",
  "models",
  "evaluations",
  "try",
  "exports",
  "failures",
  "texts",
  "streams",
] as const;
/** The administrators' pages: one of each, about the cluster itself. */
export const PLACES = ["ledger", "access", "people", "line"] as const;
/** Pages about the cluster that are for developers too. */
const SHARED = ["packages"] as const;
export type Place = (typeof PLACES)[number];
export type Page = (typeof PAGES)[number];
export type Route =
  | { readonly page: "home" }
  | { readonly page: Place | (typeof SHARED)[number] }
  | { readonly page: Page; readonly id: string }
  | { readonly page: "t"; readonly id: string; readonly example: string }
  | { readonly page: "against"; readonly id: string; readonly other: string }
  | { readonly page: "unknown" };

const ID = /^[0-9a-f-]{1,36}$/i;

/**
 * Read the address: `/`, `/<place>`, `/<page>/<id>`, `/t/<id>/examples/<example>`, or
 * `/evaluations/<id>/against/<other>`.
 */
export function routeOf(pathname: string): Route {
  const [first, id, ...rest] = pathname.split("/").filter(Boolean);
  if (!first) return { page: "home" };
  const place = [...PLACES, ...SHARED].find((candidate) => candidate === first);
  if (place && !id) return { page: place };
  const page = PAGES.find((candidate) => candidate === first);
  if (!page || !id || !ID.test(id)) return { page: "unknown" };
  if (rest.length === 0) return { page, id };
  const [noun, other, ...more] = rest;
  if (!other || !ID.test(other) || more.length > 0) return { page: "unknown" };
  if (page === "t" && noun === "examples") return { page, id, example: other };
  const isPair = page === "evaluations" && noun === "against";
  return isPair ? { page: "against", id, other } : { page: "unknown" };
}
