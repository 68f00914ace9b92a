import { Button, Menu, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { Project, Recipe } from "../../api/types";
import { LinkButton } from "../../components/links";
import { useOrganization } from "../../shell/place";

interface UseRecipeProps {
  recipe: Recipe;
  /** The projects in which it can be used. */
  projects: Project[];
}

/** To the form of a task or a job of this recipe; in which project is asked where there are more. */
export function UseRecipe({ recipe, projects }: UseRecipeProps) {
  const org = useOrganization();
  const navigate = useNavigate();
  const verb = recipe.kind === "task" ? "Make a task" : "Start a job";
  const to = recipe.kind === "task" ? FORMS.task : FORMS.job;
  const search = { recipe: recipe.recipe };
  const [only, ...more] = projects;
  const name = `${verb}: ${recipe.title}`;
  if (!only) {
    return (
      <Text fz="sm" c="dimmed">
        No project on its cluster yet
      </Text>
    );
  }
  if (more.length === 0) {
    return (
      <LinkButton
        size="xs"
        variant="default"
        aria-label={name}
        to={to}
        params={{ org, project: only.id }}
        search={search}
      >
        {verb}
      </LinkButton>
    );
  }
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button size="xs" variant="default" aria-label={name}>
          {verb}…
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
        <Menu.Label>In which project</Menu.Label>
        {projects.map(({ id, title }) => (
          <Menu.Item
            key={id}
            onClick={() => void navigate({ to, params: { org, project: id }, search })}
          >
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const FORMS = {
  task: "/$org/projects/$project/tasks",
  job: "/$org/projects/$project/jobs",
} as const;
