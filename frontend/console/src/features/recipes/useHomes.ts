import { useQuery } from "@tanstack/react-query";
import { projectsQuery } from "../../api/projects";
import type { Project, Recipe } from "../../api/types";
import { useOrganization } from "../../shell/place";

/** Return a function that says in which projects a recipe can be used: those of its clusters. */
export function useHomes(): (recipe: Recipe) => Project[] {
  const projects = useQuery(projectsQuery(useOrganization())).data ?? [];
  return (recipe) => projectsOf(recipe, projects);
}

/** A built-in recipe runs on every cluster. */
export function projectsOf<P extends Pick<Project, "cluster">>(
  { built_in, packages }: Pick<Recipe, "built_in" | "packages">,
  projects: P[],
): P[] {
  const clusters = new Set(packages.map(({ cluster }) => cluster));
  return projects.filter(({ cluster }) => built_in || clusters.has(cluster));
}
