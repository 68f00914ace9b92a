import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { findDeviceLogin } from "../../api/deviceLogins";
import type { Problem } from "../../api/problem";
import type { DeviceLogin } from "../../api/types";
import { FormLine } from "../../components/FormLine";
import { unplaced } from "../../components/formProblem";
import { ProblemNote } from "../../components/ProblemNote";
import { DecideDevice } from "./DecideDevice";
import { Door } from "./Door";

interface Found {
  code: string;
  login: DeviceLogin;
}

/** Where a person lets the command line of a machine in: type its code, look, decide. */
export function Device() {
  const [found, setFound] = useState<Found | null>(null);
  if (found) return <DecideDevice code={found.code} login={found.login} />;
  return <EnterCode onFound={setFound} />;
}

/** The code is typed, never taken from a link, so that nobody approves what someone sent them. */
function EnterCode({ onFound }: { onFound: (found: Found) => void }) {
  const form = useForm({ initialValues: { code: "" } });
  const finding = useMutation<DeviceLogin, Problem, string>({
    mutationFn: findDeviceLogin,
    onSuccess: (login, code) => onFound({ code, login }),
  });
  return (
    <Door
      title="Sign a machine in"
      lead={
        <>
          Type the code that <code>annex login</code> shows on your machine.
        </>
      }
    >
      <form onSubmit={form.onSubmit(({ code }) => finding.mutate(code.trim().toUpperCase()))}>
        <FormLine>
          <TextInput
            label="Code"
            placeholder="BCDF-GHJK"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            required
            autoFocus
            {...form.getInputProps("code")}
          />
          <Button type="submit" size="md" loading={finding.isPending}>
            Continue
          </Button>
        </FormLine>
      </form>
      <ProblemNote problem={unplaced(form, finding.error)} />
    </Door>
  );
}
