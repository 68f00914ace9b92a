import { Button, Group, Modal, Text } from "@mantine/core";
import { useState } from "react";
import type { Label, LabelChangeKind } from "../../api/types";
import { ChooseChange } from "./ChooseChange";
import { CountedChange } from "./CountedChange";
import { KIND_WORDS } from "./changeWords";

const KINDS: LabelChangeKind[] = ["merge", "split", "delete"];

/** Merge, split or delete: choose, see what it touches, then let it happen. */
export function ChangeLabels({ labels, disabled }: { labels: Label[]; disabled: boolean }) {
  const [kind, setKind] = useState<LabelChangeKind | null>(null);
  const [change, setChange] = useState<string | null>(null);
  const live = labels.filter(({ retired }) => !retired);
  const close = () => {
    setKind(null);
    setChange(null);
  };
  return (
    <>
      <Group gap="xs">
        {KINDS.map((each) => (
          <Button
            key={each}
            variant="default"
            disabled={disabled || live.length < (each === "split" ? 1 : 2)}
            onClick={() => setKind(each)}
          >
            {KIND_WORDS[each]}…
          </Button>
        ))}
      </Group>
      {kind && (
        <Modal opened onClose={close} title={<Text fw={600}>{titleOf(kind)}</Text>} size="lg">
          {change ? (
            <CountedChange id={change} labels={labels} onDone={close} />
          ) : (
            <ChooseChange kind={kind} labels={live} onCounted={({ id }) => setChange(id)} />
          )}
        </Modal>
      )}
    </>
  );
}

function titleOf(kind: LabelChangeKind): string {
  return kind === "merge" ? "Merge labels" : `${KIND_WORDS[kind]} a label`;
}
