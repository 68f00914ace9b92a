import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { CopyLine } from "../../components/CopyLine";
import { Door } from "../account/Door";
import { handBack, handedOf } from "./handBack";

type Outcome = "asking" | "taken" | "nobody";

/** Where the cluster's Texts page leads back to: pass the id on to the form, in its own tab. */
export function HandBack() {
  const [handed] = useState(() => handedOf(location.hash));
  const [outcome, setOutcome] = useState<Outcome>("asking");
  useEffect(() => {
    if (handed) void handBack(handed).then((taken) => setOutcome(taken ? "taken" : "nobody"));
  }, [handed]);
  if (!handed) {
    return (
      <Door
        title="Nothing was handed back"
        lead="Open the link on your cluster's Texts page again, or copy the id there."
      />
    );
  }
  if (outcome === "taken") return <Taken />;
  return (
    <Door
      title={outcome === "asking" ? "Handing the id back…" : "No form waits for this id"}
      lead="Paste it into the form that asks for the text."
    >
      <CopyLine label="Id of the text" value={handed.text} />
    </Door>
  );
}

function Taken() {
  return (
    <Door
      title="The form has the id"
      lead="Go on in the tab that you came from. The text itself stays on your cluster."
    >
      <div>
        <Button onClick={() => window.close()}>Close this tab</Button>
      </div>
    </Door>
  );
}
