import { Blank } from "@annex/ui";
import { useCallback } from "react";
import { useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http } from "../app/session";
import { bytes } from "../data/bytes";
import { MeasuredCards } from "./EvaluationTable";
import { Facts, Scrolled } from "./Facts";
import { byDataset, type Model } from "./model";
import styles from "./Pages.module.css";

/** `/models/<model>`: what it is, how good, and the wheel to install. */
export default function ModelPage({ id }: { id: string }) {
  const load = useCallback(() => http.get<Model>(`/api/models/${id}`), [id]);
  const { state, reload } = useLoaded(load);
  if (state.kind === "loading") {
    return (
      <Page title="Model">
        <Loading />
      </Page>
    );
  }
  if (state.kind === "failed") {
    return (
      <Page title="Model">
        <Failed problem={state.problem} onRetry={reload} />
      </Page>
    );
  }
  return <ModelCard model={state.value} />;
}

function ModelCard({ model }: { model: Model }) {
  const { wheel } = model;
  return (
    <Page
      title={model.name}
      lead={`Learned from ${model.training_examples.toLocaleString("en")} examples; ${bytes(model.size_bytes)}.`}
    >
      {wheel ? (
        <Card title="Install it">
          <p>
            <a
              className={styles.download}
              href={`/api/models/${model.id}/wheel`}
              download={wheel.file_name}
            >
              Download the wheel ({bytes(wheel.size_bytes)})
            </a>
          </p>
          <Scrolled>{`pip install ./${wheel.file_name}\n# sha256 ${wheel.sha256}`}</Scrolled>
        </Card>
      ) : (
        <Blank title="Not packaged yet">
          Start “Package” for this model in the console; the wheel can be downloaded here
          afterwards.
        </Blank>
      )}
      {model.evaluations.length === 0 ? (
        <Blank title="Not evaluated yet">
          Start “Evaluate” in the console to see how good it is.
        </Blank>
      ) : (
        byDataset(model.evaluations).map((measured) => (
          <MeasuredCards key={measured.full.id} measured={measured} />
        ))
      )}
      <Card title="How it was made">
        <Facts
          facts={{
            Component: model.component,
            Labels: model.labels.join(", "),
            "Training examples": model.training_examples.toLocaleString("en"),
            Seed: String(model.seed),
            Snapshot: model.snapshot,
            Trained: new Date(model.trained_at).toLocaleString("en"),
          }}
        />
        <details>
          <summary>Configuration</summary>
          <Scrolled>{model.config}</Scrolled>
        </details>
      </Card>
    </Page>
  );
}
