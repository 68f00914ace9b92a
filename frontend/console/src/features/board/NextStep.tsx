import { useQuery } from "@tanstack/react-query";
import { tasksQuery } from "../../api/tasks";
import type { Board } from "../../api/types";
import { ClusterButton } from "../../components/ClusterLink";
import { score } from "../../format/numbers";
import { useProjectPlace } from "../../shell/place";
import classes from "./NextStep.module.css";
import { weakestLabel } from "./weakest";

/** The label that is furthest behind, and the way to answer more. */
export function NextStep({ board }: { board: Board }) {
  const { organization, project } = useProjectPlace();
  const tasks = useQuery(tasksQuery(organization, project));
  const weakest = weakestLabel(board.rows);
  const open = tasks.data?.find(({ state }) => state === "open");
  if (!weakest) return null;
  return (
    <div className={classes.next}>
      <span>
        {weakest.label.name} is furthest behind (F {score(weakest.label.f)}). More answers on texts
        that have it help most.
      </span>
      {open && <ClusterButton url={open.cluster_url}>Annotate more</ClusterButton>}
    </div>
  );
}
