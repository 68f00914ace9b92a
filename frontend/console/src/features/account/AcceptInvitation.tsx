import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { type Acceptance, acceptInvitation, invitationPreviewQuery } from "../../api/invitations";
import { meQuery } from "../../api/me";
import { asProblem, type Problem } from "../../api/problem";
import type { InvitationPreview } from "../../api/types";
import { placeProblem, unplaced } from "../../components/formProblem";
import { LinkButton } from "../../components/links";
import { ProblemNote } from "../../components/ProblemNote";
import { Door } from "./Door";
import { joiningOf } from "./joining";

/** The page behind a mail link: join, making an account on the way if there is none. */
export function AcceptInvitation() {
  const { token } = useParams({ from: "/invitations/$token" });
  const preview = useQuery(invitationPreviewQuery(token));
  const me = useQuery(meQuery);
  if (preview.error) return <Gone problem={asProblem(preview.error)} />;
  if (!preview.data || me.isPending) return <Door title="One moment…" />;
  if (preview.data.expired) return <Expired invitation={preview.data} />;
  if (joiningOf(preview.data, Boolean(me.data)) === "sign in") {
    return <SignInFirst token={token} invitation={preview.data} />;
  }
  return <Join token={token} invitation={preview.data} />;
}

function Gone({ problem }: { problem: Problem }) {
  return (
    <Door title="This invitation does not work">
      <ProblemNote problem={problem} />
    </Door>
  );
}

function Expired({ invitation }: { invitation: InvitationPreview }) {
  return (
    <Door
      title="This invitation has expired"
      lead={`Ask ${invitation.inviter} to invite ${invitation.email} to ${invitation.organization} again; it takes them one click.`}
    />
  );
}

interface JoinProps {
  token: string;
  invitation: InvitationPreview;
}

/** Only the owner of the account may join with it; signing in leads back here. */
function SignInFirst({ token, invitation }: JoinProps) {
  return (
    <Door
      title={`Join ${invitation.organization}`}
      lead={`${invitation.inviter} invited ${invitation.email} as ${invitation.role}. There is an account with this address: sign in to it, then join.`}
    >
      <LinkButton to="/sign-in" search={{ next: `/invitations/${token}` }} size="md">
        Sign in to join
      </LinkButton>
    </Door>
  );
}

function Join({ token, invitation }: JoinProps) {
  const form = useForm<Acceptance>({
    initialValues: { name: "", password: "" },
  });
  const joining = useMutation<unknown, Problem, Acceptance>({
    mutationFn: (acceptance) => acceptInvitation(token, acceptance),
    onSuccess: () => window.location.assign("/"),
    onError: (problem) => placeProblem(form, problem),
  });
  const submit = (values: Acceptance) => joining.mutate(values);
  return (
    <Door
      title={`Join ${invitation.organization}`}
      lead={`${invitation.inviter} invited ${invitation.email} as ${invitation.role}.`}
    >
      <form onSubmit={form.onSubmit(submit)}>
        <Stack>
          {!invitation.has_account && (
            <>
              <TextInput
                label="Your name"
                autoComplete="name"
                required
                autoFocus
                {...form.getInputProps("name")}
              />
              <PasswordInput
                label="Choose a password"
                description="At least 8 characters"
                autoComplete="new-password"
                required
                {...form.getInputProps("password")}
              />
            </>
          )}
          <ProblemNote problem={unplaced(form, joining.error)} />
          <Button type="submit" size="md" loading={joining.isPending || joining.isSuccess}>
            {invitation.has_account ? "Join" : "Create account and join"}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
