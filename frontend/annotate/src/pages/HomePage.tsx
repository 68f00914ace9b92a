import { Blank } from "@annex/ui";
import { LookFields } from "../app/LookFields";
import { Card, Page } from "../app/Page";
import { PLACES } from "../app/route";
import { useSession } from "../app/session";
import { useText } from "../i18n/text";
import styles from "./Pages.module.css";

/** `/`: my tasks on this cluster, and how I like to work. */
export function HomePage() {
  const { frame, keys } = useText();
  return (
    <Page title={frame.myTasks}>
      <Tasks />
      <Predictors />
      <Recipes />
      <Scripts />
      <Administration />
      <Card title={keys.look}>
        <LookFields />
      </Card>
    </Page>
  );
}

/** The roles that develop a project: what its predictors say is open to them. */
const DEVELOPING: ReadonlySet<string> = new Set(["developer", "admin", "owner"]);

function Predictors() {
  const { projects } = useSession();
  const { results } = useText();
  const mine = projects.filter(({ role }) => DEVELOPING.has(role));
  if (mine.length === 0) return null;
  return (
    <Card title={results.tryTitle} aside={results.tryWhat}>
      <ul className={styles.list}>
        {mine.map(({ id, title }) => (
          <li key={id}>
            <a href={`/try/${id}`}>
              <bdi>{title}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Recipes() {
  const { projects, tasks, administrator } = useSession();
  const { recipes } = useText();
  const mine = projects.filter(({ role }) => DEVELOPING.has(role));
  if (mine.length === 0 && !administrator) return null;
  const streams = tasks.filter(
    ({ has_stream, project }) => has_stream && mine.some(({ id }) => id === project),
  );
  const links = [
    { to: "/packages", says: recipes.packagesLink },
    ...mine.map(({ id, title }) => ({ to: `/texts/${id}`, says: recipes.textsLink(title) })),
    ...streams.map(({ id, title }) => ({ to: `/streams/${id}`, says: recipes.streamOf(title) })),
  ];
  return (
    <Card title={recipes.ofProjects} aside={recipes.ofProjectsWhat}>
      <ul className={styles.list}>
        {links.map(({ to, says }) => (
          <li key={to}>
            <a href={to}>
              <bdi>{says}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Scripts() {
  const { projects } = useSession();
  const { frame } = useText();
  if (!projects.some(({ role }) => DEVELOPING.has(role))) return null;
  return (
    <Card title={frame.scripts} aside={frame.scriptsWhat}>
      <a href="/scripts">{frame.scriptsOpen}</a>
    </Card>
  );
}

function Administration() {
  const { administrator } = useSession();
  const { oversight } = useText();
  if (!administrator) return null;
  return (
    <Card title={oversight.cluster} aside={oversight.clusterWhat}>
      <ul className={styles.list}>
        {PLACES.map((place) => (
          <li key={place}>
            <a href={`/${place}`}>{oversight.tabs[place]}</a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Tasks() {
  const { tasks, projects } = useSession();
  const { frame } = useText();
  if (tasks.length === 0) return <Blank title={frame.noTasks}>{frame.noTasksWhy}</Blank>;
  const owners = [...new Set(tasks.map((task) => task.project))];
  return owners.map((owner) => (
    <Card key={owner} title={projects.find((one) => one.id === owner)?.title ?? frame.project}>
      <ul className={styles.list}>
        {tasks
          .filter((task) => task.project === owner)
          .map((task) => (
            <li key={task.id}>
              <a href={`/t/${task.id}`}>
                <bdi>{task.title}</bdi>
              </a>
            </li>
          ))}
      </ul>
    </Card>
  ));
}
