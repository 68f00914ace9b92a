import { Code, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { recipesQuery } from "../../api/recipes";
import type { Recipe, RecipeField } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { Loaded } from "../../components/Loaded";
import { Mark } from "../../components/Mark";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { type Column, Rows } from "../../components/Rows";
import { useOrganization } from "../../shell/place";
import { takes, unlessGiven } from "./fieldWords";

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
  const published = recipes.filter(({ built_in }) => !built_in);
  return (
    <>
      {published.length === 0 && <NonePublished />}
      {published.map((recipe) => (
        <RecipePanel key={recipe.recipe} recipe={recipe} />
      ))}
      <Panel title="Of every cluster">
        <Rows
          caption="Recipes of every cluster"
          columns={BUILT_IN}
          rows={recipes.filter(({ built_in }) => built_in)}
          rowKey={({ recipe }) => recipe}
        />
      </Panel>
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

function RecipePanel({ recipe }: { recipe: Recipe }) {
  return (
    <Panel
      title={recipe.title}
      note={<Code>{recipe.recipe}</Code>}
      action={<Mark>{recipe.kind}</Mark>}
    >
      <Stack gap="md">
        {recipe.help && <Text maw="70ch">{recipe.help}</Text>}
        {recipe.arguments.length > 0 ? (
          <Rows
            caption={`What ${recipe.title} asks for`}
            columns={ARGUMENTS}
            rows={recipe.arguments}
            rowKey={({ name }) => name}
          />
        ) : (
          <Text c="dimmed">It takes no arguments.</Text>
        )}
        <Homes recipe={recipe} />
      </Stack>
    </Panel>
  );
}

function Homes({ recipe }: { recipe: Recipe }) {
  return (
    <Group gap="xs">
      <Text fz="sm" c="dimmed">
        Runs on
      </Text>
      {recipe.packages.map(({ package: name, version, cluster, cluster_name }) => (
        <Mark key={`${cluster} ${name} ${version}`}>
          {cluster_name}: {name} {version}
        </Mark>
      ))}
    </Group>
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

const BUILT_IN: Column<Recipe>[] = [
  {
    title: "Recipe",
    cell: ({ title, recipe }) => (
      <>
        {title} <Code>{recipe}</Code>
      </>
    ),
  },
  { title: "What it does", wideOnly: true, cell: ({ help }) => help },
];
