import { Blank } from "@annex/ui";
import { Card, Page } from "../app/Page";
import { useSession } from "../app/session";
import styles from "./Pages.module.css";

/** `/`: my tasks on this cluster. */
export function HomePage() {
  const { tasks, projects } = useSession();
  if (tasks.length === 0) {
    return (
      <Page title="My tasks">
        <Blank title="No task is yours yet">
          Whoever runs the project adds you to a task in the console; it appears here as soon as
          they do.
        </Blank>
      </Page>
    );
  }
  const owners = [...new Set(tasks.map((task) => task.project))];
  return (
    <Page title="My tasks">
      {owners.map((owner) => (
        <Card key={owner} title={projects.find((one) => one.id === owner)?.title ?? "Project"}>
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
      ))}
    </Page>
  );
}
