import { Button, type ButtonProps } from "@mantine/core";
import type { ReactNode } from "react";
import type { StepState } from "../../components/Steps";

interface StepButtonProps extends ButtonProps {
  state: StepState;
  onClick: () => void;
  children: ReactNode;
}

/** Filled only in the next step, so that one button on the page stands out. */
export function StepButton({ state, ...button }: StepButtonProps) {
  return <Button variant={variantFor(state)} {...button} />;
}

export function variantFor(state: StepState): "filled" | "default" {
  return state === "now" ? "filled" : "default";
}
