import { Text } from "@mantine/core";
import type { Job } from "../../api/types";
import { bytes, count } from "../../format/numbers";

interface Written {
  examples: number;
  not_expressible: number;
  size_bytes: number;
}

/** How much was written where; the files are the customer's own, below the root. */
export function PredictedFiles({ job }: { job: Job }) {
  const written = job.outputs.export as Written | undefined;
  if (!written) return null;
  const { examples, not_expressible, size_bytes } = written;
  return (
    <Text>
      {count(examples)} rows, {bytes(size_bytes)}, in the folder <code>{job.id}</code> below the
      root <code>{String(job.arguments.output)}</code>.
      {not_expressible > 0 && ` ${count(not_expressible)} rows could not be read.`}
    </Text>
  );
}
