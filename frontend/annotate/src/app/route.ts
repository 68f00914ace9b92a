const PAGES = [
  "t",
  "data",
  "rules",
  "guidelines",
  "labels",
  "models",
  "exports",
  "failures",
] as const;
export type Page = (typeof PAGES)[number];
export type Route =
  | { readonly page: "home" }
  | { readonly page: Page; readonly id: string }
  | { readonly page: "unknown" };

/** Read the address: `/`, or `/<page>/<id>`. */
export function routeOf(pathname: string): Route {
  const [first, id, ...rest] = pathname.split("/").filter(Boolean);
  if (!first) return { page: "home" };
  const page = PAGES.find((candidate) => candidate === first);
  if (!page || !id || rest.length > 0 || !/^[0-9a-f-]{1,36}$/i.test(id)) return { page: "unknown" };
  return { page, id };
}
