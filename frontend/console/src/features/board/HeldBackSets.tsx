import type { Board } from "../../api/types";
import { Panel } from "../../components/Panel";
import { count } from "../../format/numbers";
import classes from "./HeldBackSets.module.css";

interface HeldBackSetsProps {
  board: Board;
  onChoose: (dataset: string) => void;
}

/** Who is ahead on each held-back set, where there are several; what is chosen is shown below. */
export function HeldBackSets({ board, onChoose }: HeldBackSetsProps) {
  if (board.sets.length < 2) return null;
  return (
    <Panel title="Held-back sets" note="the chosen one is shown below">
      <fieldset className={classes.sets}>
        <legend className={classes.legend}>Held-back set</legend>
        {board.sets.map(({ dataset, examples, sentence }) => (
          <label key={dataset} className={classes.set}>
            <input
              type="radio"
              name="held-back-set"
              checked={dataset === board.dataset}
              onChange={() => onChoose(dataset)}
            />
            <span>{sentence}</span>
            <span className={classes.examples}>{count(examples)} examples</span>
          </label>
        ))}
      </fieldset>
    </Panel>
  );
}
