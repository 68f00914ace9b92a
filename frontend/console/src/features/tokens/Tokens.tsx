import { Button, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { createToken, revokeToken, tokensKey, tokensQuery } from "../../api/tokens";
import type { ApiToken, Role } from "../../api/types";
import { useWrite } from "../../api/write";
import { Ago } from "../../components/Ago";
import { ConfirmButton } from "../../components/ConfirmButton";
import { CopyLine } from "../../components/CopyLine";
import { EmptyState } from "../../components/EmptyState";
import { FormLine } from "../../components/FormLine";
import { placeProblem, unplaced } from "../../components/formProblem";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { ProblemNote } from "../../components/ProblemNote";
import { type Column, Rows } from "../../components/Rows";
import { atLeast, useOrganization, useRole } from "../../shell/place";
import { ROLES, roleName } from "../people/roles";

const EMPTY: { name: string; role: Role } = { name: "", role: "developer" };

/** Tokens for scripts and the command line. */
export function Tokens() {
  const organization = useOrganization();
  const tokens = useQuery(tokensQuery(organization));
  return (
    <Page
      title="API tokens"
      lead="For scripts, the Python SDK and the command line. A token acts with the role you give it, in this organization only."
    >
      <NewToken />
      <Panel title="Tokens">
        <Loaded query={tokens}>{(rows) => <TokenList tokens={rows} />}</Loaded>
      </Panel>
    </Page>
  );
}

function NewToken() {
  const organization = useOrganization();
  const mine = useRole();
  const form = useForm({ initialValues: EMPTY });
  const creating = useWrite((input: typeof EMPTY) => createToken(organization, input), {
    refresh: [tokensKey(organization)],
    showsProblem: true,
  });
  const submit = (values: typeof EMPTY) =>
    creating.mutate(values, {
      onSuccess: () => form.reset(),
      onError: (problem) => placeProblem(form, problem),
    });
  const grantable = ROLES.filter(({ value }) => atLeast(mine, value));
  return (
    <Panel title="New token">
      <Stack>
        <form onSubmit={form.onSubmit(submit)}>
          <FormLine>
            <TextInput
              label="Name"
              placeholder="nightly import"
              required
              {...form.getInputProps("name")}
            />
            <Select
              label="Role"
              data={grantable.map(({ value, label }) => ({ value, label }))}
              allowDeselect={false}
              {...form.getInputProps("role")}
            />
            <Button type="submit" size="md" loading={creating.isPending}>
              Create token
            </Button>
          </FormLine>
        </form>
        <ProblemNote problem={unplaced(form, creating.error)} />
        {creating.data && <Secret secret={creating.data.secret} />}
      </Stack>
    </Panel>
  );
}

function Secret({ secret }: { secret: string }) {
  return (
    <div role="status">
      <Text fz="sm" mb="xs">
        <b>Copy it now.</b> It is shown this once; only its digest is kept.
      </Text>
      <CopyLine value={secret} label="The new token's secret" />
    </div>
  );
}

const COLUMNS: Column<ApiToken>[] = [
  { title: "Name", cell: ({ name }) => <b>{name}</b> },
  { title: "Begins with", cell: ({ prefix }) => <code>{prefix}…</code>, wideOnly: true },
  { title: "Role", cell: ({ role }) => roleName(role) },
  { title: "Last used", cell: ({ last_used_at }) => <Ago at={last_used_at} /> },
  {
    title: "Expires",
    cell: ({ expires_at }) => <Ago at={expires_at} />,
    wideOnly: true,
  },
  { title: "Revoke", silent: true, cell: (row) => <Revoke token={row} /> },
];

function TokenList({ tokens }: { tokens: ApiToken[] }) {
  if (tokens.length === 0) {
    return (
      <EmptyState title="No tokens yet">
        Create one above, then put it into <code>ANNEX_TOKEN</code> where your script runs.
      </EmptyState>
    );
  }
  return <Rows caption="Tokens" columns={COLUMNS} rows={tokens} rowKey={({ id }) => id} />;
}

function Revoke({ token }: { token: ApiToken }) {
  const organization = useOrganization();
  const revoking = useWrite(() => revokeToken(organization, token.id), {
    refresh: [tokensKey(organization)],
    done: "Token revoked.",
  });
  return (
    <ConfirmButton
      size="xs"
      loading={revoking.isPending}
      question={`Revoke ${token.name}?`}
      consequence="Whatever uses it stops working at once."
      verb="Revoke"
      onConfirm={() => revoking.mutate(undefined)}
    >
      Revoke
    </ConfirmButton>
  );
}
