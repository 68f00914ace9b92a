import { Button, type ButtonProps, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";

interface ConfirmButtonProps extends Omit<ButtonProps, "children"> {
  children: ReactNode;
  /** The question, which names what is at stake. */
  question: string;
  consequence: ReactNode;
  verb: string;
  onConfirm: () => void;
}

/** A button for what cannot simply be undone: it says what will happen and asks once. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { children, question, consequence, verb, onConfirm, ...button } = props;
  const [opened, { open, close }] = useDisclosure(false);
  const confirm = () => {
    close();
    onConfirm();
  };
  return (
    <>
      <Button variant="default" {...button} onClick={open}>
        {children}
      </Button>
      <Modal opened={opened} onClose={close} title={<Text fw={600}>{question}</Text>}>
        <Stack>
          <Text c="dimmed">{consequence}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Keep
            </Button>
            <Button color="red" onClick={confirm} data-autofocus>
              {verb}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
