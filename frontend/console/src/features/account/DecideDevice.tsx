import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { type Approval, approveDeviceLogin, refuseDeviceLogin } from "../../api/deviceLogins";
import type { Problem } from "../../api/problem";
import type { DeviceLogin } from "../../api/types";
import { Ago } from "../../components/Ago";
import { Facts } from "../../components/Facts";
import { ProblemNote } from "../../components/ProblemNote";
import { useMe } from "../../shell/place";
import { Door } from "./Door";
import { organizationsFor, rolesFor } from "./deviceChoices";

interface DecideDeviceProps {
  code: string;
  login: DeviceLogin;
}

/** What asks, for which organization and as what; then yes or no. */
export function DecideDevice({ code, login }: DecideDeviceProps) {
  const organizations = organizationsFor(useMe());
  const deciding = useMutation<DeviceLogin, Problem, Approval | null>({
    mutationFn: (approval) =>
      approval ? approveDeviceLogin(code, approval) : refuseDeviceLogin(code),
  });
  if (deciding.data) return <Decided login={deciding.data} />;
  const first = organizations[0]?.value;
  return (
    <Door
      title={`Let ${login.machine} in?`}
      lead={
        <>
          Only if you have just run <code>annex login</code> there yourself: it will act in your
          name.
        </>
      }
    >
      <Facts
        facts={[
          ["Code", <code key="code">{code}</code>],
          ["Machine", login.machine],
          ["Asked", <Ago key="asked" at={login.created_at} />],
        ]}
      />
      {first ? (
        <Choices first={first} deciding={deciding.isPending} onDecide={deciding.mutate} />
      ) : (
        <NoOrganization onDecide={deciding.mutate} />
      )}
      <ProblemNote problem={deciding.error} />
    </Door>
  );
}

interface DecideProps {
  onDecide: (approval: Approval | null) => void;
}

function Choices({
  first,
  deciding,
  onDecide,
}: DecideProps & { first: string; deciding: boolean }) {
  const me = useMe();
  const form = useForm<Approval>({ initialValues: { organization: first, role: "developer" } });
  const choose = (organization: string | null) =>
    organization && form.setValues({ organization, role: "developer" });
  return (
    <form onSubmit={form.onSubmit(onDecide)}>
      <Stack>
        <Select
          label="Organization"
          data={organizationsFor(me)}
          allowDeselect={false}
          {...form.getInputProps("organization")}
          onChange={choose}
        />
        <Select
          label="Role of its token"
          description="The token works for 90 days; revoke it under API tokens."
          data={rolesFor(me, form.values.organization)}
          allowDeselect={false}
          {...form.getInputProps("role")}
        />
        <Group>
          <Button type="submit" loading={deciding}>
            Approve
          </Button>
          <Button variant="default" disabled={deciding} onClick={() => onDecide(null)}>
            Refuse
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function NoOrganization({ onDecide }: DecideProps) {
  return (
    <Stack>
      <Text>
        Tokens need the role developer, which you have in no organization. Ask an owner or admin.
      </Text>
      <Group>
        <Button variant="default" onClick={() => onDecide(null)}>
          Refuse
        </Button>
      </Group>
    </Stack>
  );
}

function Decided({ login }: { login: DeviceLogin }) {
  return login.state === "refused" ? (
    <Door title="Refused" lead={`${login.machine} stays outside. You can close this page.`} />
  ) : (
    <Door
      title={`${login.machine} is let in`}
      lead="The command line goes on by itself within a few seconds. You can close this page."
    />
  );
}
