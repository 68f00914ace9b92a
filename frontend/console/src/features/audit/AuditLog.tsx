import { Button, Group } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { auditQuery } from "../../api/audit";
import type { AuditRow } from "../../api/types";
import { Ago } from "../../components/Ago";
import { EmptyState } from "../../components/EmptyState";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { type Column, Rows } from "../../components/Rows";
import { useOrganization } from "../../shell/place";
import { auditWords } from "./auditWords";

const COLUMNS: Column<AuditRow>[] = [
  { title: "When", cell: ({ at }) => <Ago at={at} /> },
  { title: "Who", cell: ({ actor }) => actor ?? "a cluster" },
  { title: "Did", cell: ({ verb }) => auditWords(verb) },
  {
    title: "Which",
    cell: ({ noun_id }) => <code>{noun_id?.slice(0, 8) ?? "–"}</code>,
    wideOnly: true,
  },
];

/** Who did what, newest first. */
export function AuditLog() {
  const log = useInfiniteQuery(auditQuery(useOrganization()));
  return (
    <Page title="Audit log" lead="Every change in this organization, newest first.">
      <Panel>
        <Loaded query={log} rows={8}>
          {({ pages }) => <AuditRows rows={pages.flatMap(({ results }) => results)} />}
        </Loaded>
        {log.hasNextPage && (
          <Group justify="center" mt="md">
            <Button
              variant="default"
              loading={log.isFetchingNextPage}
              onClick={() => void log.fetchNextPage()}
            >
              Show older
            </Button>
          </Group>
        )}
      </Panel>
    </Page>
  );
}

function AuditRows({ rows }: { rows: AuditRow[] }) {
  if (rows.length === 0) {
    return <EmptyState title="Nothing yet">Changes appear here as people make them.</EmptyState>;
  }
  return <Rows caption="Audit log" columns={COLUMNS} rows={rows} rowKey={({ id }) => id} />;
}
