import { Anchor, type AnchorProps, Button, type ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { Ref } from "react";

type WithRef<Props> = Props & { ref?: Ref<HTMLAnchorElement> };

function AnchorButton({ ref, ...props }: WithRef<ButtonProps>) {
  return <Button component="a" ref={ref} {...props} />;
}

function PlainAnchor({ ref, ...props }: WithRef<AnchorProps>) {
  return <Anchor ref={ref} inherit {...props} />;
}

/** A typed route that looks like a button. */
export const LinkButton = createLink(AnchorButton);

/** A typed route in running text or a table. */
export const LinkText = createLink(PlainAnchor);
