import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";
import { organizationKey } from "./keys";
import type { Page, Recipe } from "./types";

const RECIPES = "/api/v1/organizations/{organization}/recipes";

/** The whole catalogue, or what of it runs on one cluster. */
export const recipesQuery = (organization: string, cluster?: string) =>
  queryOptions({
    queryKey: [...organizationKey(organization), "recipes", cluster ?? "all"],
    queryFn: async () => {
      const query = cluster ? { cluster } : {};
      const call = api.GET(RECIPES, { params: { path: { organization }, query } });
      return (await answer<Page<Recipe>>(call)).results;
    },
  });
