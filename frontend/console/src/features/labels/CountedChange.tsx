import { Button, Checkbox, Group, Loader, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { projectKey } from "../../api/keys";
import { applyLabelChange, type HowToApply, labelChangeQuery } from "../../api/labelChanges";
import type { Label, LabelChange } from "../../api/types";
import { useWrite } from "../../api/write";
import { Loaded } from "../../components/Loaded";
import { ProblemNote } from "../../components/ProblemNote";
import { counted } from "../../format/numbers";
import { useProjectPlace } from "../../shell/place";
import { changeSentence, KIND_WORDS } from "./changeWords";

interface CountedChangeProps {
  id: string;
  labels: Label[];
  onDone: () => void;
}

/** How many answers the change touches, and how far it should go. */
export function CountedChange({ id, labels, onDone }: CountedChangeProps) {
  const { organization, project } = useProjectPlace();
  const change = useQuery(labelChangeQuery(organization, project, id));
  return (
    <Loaded query={change}>
      {(data) => (
        <Stack>
          <Text fw={600}>{changeSentence(data, labels)}</Text>
          {data.state === "counting" && <Counting change={data} />}
          {data.state === "refused" && (
            <Text>Your cluster cannot do this: its worker is older than this page. Update it.</Text>
          )}
          {data.state === "counted" && <HowFar change={data} onDone={onDone} />}
        </Stack>
      )}
    </Loaded>
  );
}

function Counting({ change }: { change: LabelChange }) {
  return (
    <Group gap="sm" role="status">
      <Loader size="sm" />
      <Text c="dimmed">
        {change.cluster_state === "active"
          ? "Your cluster is counting the answers."
          : "Your cluster is silent. The count comes when it is back; you may close this."}
      </Text>
    </Group>
  );
}

function HowFar({ change, onDone }: { change: LabelChange; onDone: () => void }) {
  const { organization, project } = useProjectPlace();
  const [how, setHow] = useState<HowToApply>({
    evaluation: false,
    look_again: change.kind === "split",
  });
  const applying = useWrite(
    (body: HowToApply) => applyLabelChange(organization, project, change.id, body),
    { refresh: [projectKey(organization, project)], showsProblem: true },
  );
  const heldBack = change.evaluation_answers ?? 0;
  return (
    <>
      <Text>{touchedSentence(change)}</Text>
      {heldBack > 0 && (
        <Checkbox
          label={`Change the ${counted(heldBack, "held-back answer")} too`}
          description="What was measured on them so far is then marked on the board, and compared with nothing new. Left out, they keep the old labels, which models trained from now on do not give."
          checked={how.evaluation}
          onChange={(event) => setHow({ ...how, evaluation: event.currentTarget.checked })}
        />
      )}
      <Checkbox
        label="Let people look at these answers once more"
        description="They come first, to whoever gave them. The answers stay valid until then."
        checked={how.look_again}
        onChange={(event) => setHow({ ...how, look_again: event.currentTarget.checked })}
      />
      <ProblemNote problem={applying.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          Leave it as it is
        </Button>
        <Button
          {...(change.kind === "delete" && { color: "red" })}
          loading={applying.isPending}
          onClick={() => applying.mutate(how, { onSuccess: onDone })}
        >
          {KIND_WORDS[change.kind]}
        </Button>
      </Group>
    </>
  );
}

export function touchedSentence({ kind, answers, evaluation_answers }: LabelChange): string {
  const heldBack = evaluation_answers ?? 0;
  const others = counted(answers ?? 0, "answer");
  const what = heldBack > 0 ? `${others} and ${counted(heldBack, "held-back answer")}` : others;
  const keeps = kind === "delete" ? "They lose these marks and keep all others." : "None is lost.";
  return `${what} ${(answers ?? 0) + heldBack === 1 ? "uses" : "use"} it today. ${keeps} You can undo this.`;
}
