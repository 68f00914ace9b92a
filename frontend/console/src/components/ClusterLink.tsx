import { Anchor, Button, type ButtonProps } from "@mantine/core";
import type { ReactNode } from "react";

interface ClusterLinkProps {
  url: string;
  children: ReactNode;
}

/** A link to a page on the team's own cluster. The console only ever links there, it never fetches. */
export function ClusterLink({ url, children }: ClusterLinkProps) {
  return (
    <Anchor href={url} target="_blank" rel="noopener noreferrer" inherit>
      {children} <OnCluster />
    </Anchor>
  );
}

export function ClusterButton({ url, children, ...button }: ClusterLinkProps & ButtonProps) {
  return (
    <Button component="a" href={url} target="_blank" rel="noopener noreferrer" {...button}>
      {children}&nbsp;
      <OnCluster />
    </Button>
  );
}

function OnCluster() {
  return (
    <>
      <span aria-hidden="true">↗</span>
      <span className="visually-hidden">(opens on your cluster, in a new tab)</span>
    </>
  );
}

/** Open a cluster's page right after making what it shows; a blocked pop-up leaves the link. */
export function openOnCluster(url: string): void {
  window.open(url, "_blank", "noopener,noreferrer");
}
