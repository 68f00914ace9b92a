import { Stack, Text, TextInput } from "@mantine/core";
import { useEffect, useEffectEvent, useState } from "react";
import { ClusterLink } from "../../components/ClusterLink";
import type { InputProps } from "./ArgumentInput";
import { useTextsAddress } from "./FormPlace";
import { askAt, onHanded } from "./handBack";
import { useWords } from "./useWords";

const WHERE =
  "Free text stays on your cluster: write it there, and its id comes back here. The command takes the words themselves, or @FILE, and puts them there";

/** A text never passes through here: only the id under which it lies on the cluster does. */
export function TextIdInput({ draft, onChange, ...field }: InputProps<"text">) {
  const [wish] = useState(() => crypto.randomUUID());
  const take = useEffectEvent((text: string) => onChange(text));
  useEffect(() => onHanded(wish, (text) => take(text)), [wish]);
  const textsPage = useTextsAddress();
  return (
    <Stack gap={6}>
      <TextInput
        {...useWords(field, WHERE)}
        value={draft}
        placeholder="Id of the text"
        onChange={(event) => onChange(event.currentTarget.value.trim())}
      />
      {textsPage && (
        <Text fz="sm">
          <ClusterLink url={askAt(textsPage, wish)}>
            {draft ? "Write another on the cluster" : "Write it on the cluster"}
          </ClusterLink>
        </Text>
      )}
    </Stack>
  );
}
