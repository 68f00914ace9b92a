import { Button, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { invitationsKey, invite } from "../../api/invitations";
import type { Role } from "../../api/types";
import { useWrite } from "../../api/write";
import { FormLine } from "../../components/FormLine";
import { placeProblem, unplaced } from "../../components/formProblem";
import { Panel } from "../../components/Panel";
import { ProblemNote } from "../../components/ProblemNote";
import { useOrganization } from "../../shell/place";
import { ROLES, roleSentence } from "./roles";

const EMPTY: { email: string; role: Role } = { email: "", role: "annotator" };

/** Invite by e-mail: the person gets a link and makes an account with it. */
export function Invite() {
  const organization = useOrganization();
  const form = useForm({ initialValues: EMPTY });
  const inviting = useWrite((input: typeof EMPTY) => invite(organization, input), {
    refresh: [invitationsKey(organization)],
    done: "Invitation sent.",
    showsProblem: true,
  });
  const submit = (values: typeof EMPTY) =>
    inviting.mutate(values, {
      onSuccess: () => form.setFieldValue("email", ""),
      onError: (problem) => placeProblem(form, problem),
    });
  return (
    <Panel title="Invite someone" note={roleSentence(form.values.role)}>
      <form onSubmit={form.onSubmit(submit)}>
        <FormLine>
          <TextInput label="E-mail" type="email" required {...form.getInputProps("email")} />
          <Select
            label="Role"
            data={ROLES.map(({ value, label }) => ({ value, label }))}
            allowDeselect={false}
            {...form.getInputProps("role")}
          />
          <Button type="submit" size="md" loading={inviting.isPending}>
            Send invitation
          </Button>
        </FormLine>
        <ProblemNote problem={unplaced(form, inviting.error)} />
      </form>
    </Panel>
  );
}
