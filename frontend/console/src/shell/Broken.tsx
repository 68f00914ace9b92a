import type { ErrorComponentProps } from "@tanstack/react-router";
import { Problem } from "../api/problem";
import { Page } from "../components/Page";
import { ProblemNote } from "../components/ProblemNote";
import { NotHere } from "./NotHere";

/** What a route shows when its data could not be loaded or its screen broke. */
export function Broken({ error, reset }: ErrorComponentProps) {
  if (error instanceof Problem && error.status === 404) return <NotHere />;
  return (
    <Page title="This page could not be shown" width="text">
      <ProblemNote problem={error instanceof Problem ? error : pageBroke()} onRetry={reset} />
    </Page>
  );
}

function pageBroke(): Problem {
  return new Problem(0, {
    code: "console.broken",
    title: "The page met something it did not expect.",
    what_to_do: "Try again or reload the page. Your work is saved; nothing was changed.",
  });
}
