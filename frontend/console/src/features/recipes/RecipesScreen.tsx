import { Code, Group, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { recipesQuery } from "../../api/recipes";
import type { Project, Recipe, RecipeField } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { Loaded } from "../../components/Loaded";
import { Mark } from "../../components/Mark";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { type Column, Rows } from "../../components/Rows";
import { counted } from "../../format/numbers";
import { useOrganization } from "../../shell/place";
import { takes, unlessGiven } from "./fieldWords";
import { found } from "./found";
import { UseRecipe } from "./UseRecipe";
import { useHomes } from "./useHomes";

/** Every recipe that a task or a job can be made of: what it asks for, and where it runs. */
export function RecipesScreen() {
  const recipes = useQuery(recipesQuery(useOrganization()));
  return (
    <Page
      title="Recipes"
      lead="Python functions that make tasks and jobs. Their code lies on your clusters; here you see names and what they ask for."
    >
      <Loaded query={recipes}>{(rows) => <Catalogue recipes={rows} />}</Loaded>
    </Page>
  );
}

function Catalogue({ recipes }: { recipes: Recipe[] }) {
  const [typed, setTyped] = useState("");
  const homes = useHomes();
  const shown = found(recipes, typed);
  const published = shown.filter(({ built_in }) => !built_in);
  const everywhere = shown.filter(({ built_in }) => built_in);
  return (
    <>
      <TextInput
        type="search"
        aria-label="Search the recipes"
        placeholder="Search by title, name, package or cluster"
        maw={420}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {recipes.every(({ built_in }) => built_in) && <NonePublished />}
      {shown.length === 0 && <Text c="dimmed">No recipe has all of these words.</Text>}
      {published.map((recipe) => (
        <RecipePanel key={recipe.recipe} recipe={recipe} projects={homes(recipe)} />
      ))}
      {everywhere.length > 0 && (
        <Panel title="Of every cluster">
          <Rows
            caption="Recipes of every cluster"
            columns={builtIn(homes)}
            rows={everywhere}
            rowKey={({ recipe }) => recipe}
          />
        </Panel>
      )}
    </>
  );
}

function NonePublished() {
  return (
    <Panel>
      <EmptyState title="No recipe of your own yet">
        Write one in Python with <Code>annex recipes init</Code>, look at it on your laptop, and{" "}
        <Code>annex recipes publish</Code> brings it to a cluster and into this list.
      </EmptyState>
    </Panel>
  );
}

function RecipePanel({ recipe, projects }: { recipe: Recipe; projects: Project[] }) {
  return (
    <Panel
      title={recipe.title}
      note={<Code>{recipe.recipe}</Code>}
      action={
        <Group gap="sm">
          <Mark>{recipe.kind}</Mark>
          <UseRecipe recipe={recipe} projects={projects} />
        </Group>
      }
    >
      <Stack gap="md">
        {recipe.help && <Text maw="70ch">{recipe.help}</Text>}
        <Asked recipe={recipe} />
        <Homes recipe={recipe} />
      </Stack>
    </Panel>
  );
}

function Asked({ recipe }: { recipe: Recipe }) {
  if (recipe.arguments.length === 0) return <Text c="dimmed">It takes no arguments.</Text>;
  return (
    <Rows
      caption={`What ${recipe.title} asks for`}
      columns={ARGUMENTS}
      rows={recipe.arguments}
      rowKey={({ name }) => name}
    />
  );
}

function Homes({ recipe }: { recipe: Recipe }) {
  const homes = recipe.packages.map(
    ({ package: name, version, cluster_name }) => `${cluster_name} (${name} ${version})`,
  );
  return (
    <Text fz="sm" c="dimmed">
      Runs on {homes.join(", ")}
    </Text>
  );
}

const ARGUMENTS: Column<RecipeField>[] = [
  { title: "Argument", cell: (field) => <Argument field={field} /> },
  { title: "Takes", cell: ({ type }) => takes(type) },
  { title: "Without it", wideOnly: true, cell: (field) => unlessGiven(field) },
];

function Argument({ field: { name, title, help } }: { field: RecipeField }) {
  return (
    <>
      <Text fz="sm" fw={600}>
        {title} <Code>{name}</Code>
      </Text>
      {help && (
        <Text fz="sm" c="dimmed">
          {help}
        </Text>
      )}
    </>
  );
}

const builtIn = (homes: (recipe: Recipe) => Project[]): Column<Recipe>[] => [
  { title: "Recipe", cell: (recipe) => <BuiltIn recipe={recipe} /> },
  { title: "Kind", wideOnly: true, cell: ({ kind }) => <Mark>{kind}</Mark> },
  {
    title: "Use it",
    silent: true,
    cell: (recipe) => <UseRecipe recipe={recipe} projects={homes(recipe)} />,
  },
];

function BuiltIn({ recipe }: { recipe: Recipe }) {
  const asked = recipe.arguments.length;
  return (
    <Stack gap={4}>
      <Text fz="sm" fw={600}>
        {recipe.title} <Code>{recipe.recipe}</Code>
      </Text>
      {recipe.help && (
        <Text fz="sm" c="dimmed" maw="70ch">
          {recipe.help}
        </Text>
      )}
      {asked > 0 && (
        <details>
          <summary>{counted(asked, "argument")}</summary>
          <Asked recipe={recipe} />
        </details>
      )}
    </Stack>
  );
}
