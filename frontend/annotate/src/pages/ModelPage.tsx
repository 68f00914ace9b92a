import { Blank } from "@annex/ui";
import { useCallback } from "react";
import { useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import { MeasuredCards } from "./EvaluationTable";
import { Facts, Scrolled } from "./Facts";
import { byDataset, type Model } from "./model";
import styles from "./Pages.module.css";

/** `/models/<model>`: what it is, how good, and the wheel to install. */
export default function ModelPage({ id }: { id: string }) {
  const load = useCallback(() => http.get<Model>(`/api/models/${id}`), [id]);
  const { pages } = useText();
  const { state, reload } = useLoaded(load);
  if (state.kind === "loading") {
    return (
      <Page title={pages.model}>
        <Loading />
      </Page>
    );
  }
  if (state.kind === "failed") {
    return (
      <Page title={pages.model}>
        <Failed problem={state.problem} onRetry={reload} />
      </Page>
    );
  }
  return <ModelCard model={state.value} />;
}

function ModelCard({ model }: { model: Model }) {
  const { format, pages, results } = useText();
  const { wheel } = model;
  return (
    <Page
      title={model.name}
      lead={pages.modelLead(model.training_examples, format.bytes(model.size_bytes))}
    >
      {wheel ? (
        <Card title={pages.install}>
          <p>
            <a
              className={styles.download}
              href={`/api/models/${model.id}/wheel`}
              download={wheel.file_name}
            >
              {pages.downloadWheel(format.bytes(wheel.size_bytes))}
            </a>
          </p>
          <Scrolled>{`pip install ./${wheel.file_name}\n# sha256 ${wheel.sha256}`}</Scrolled>
        </Card>
      ) : (
        <Blank title={pages.notPackaged}>{pages.notPackagedWhat}</Blank>
      )}
      {model.evaluations.length === 0 ? (
        <Blank title={pages.notEvaluated}>{pages.notEvaluatedWhat}</Blank>
      ) : (
        byDataset(model.evaluations).map((measured) => (
          <MeasuredCards key={measured.full.id} measured={measured} />
        ))
      )}
      <Card title={pages.howMade}>
        <Facts
          facts={{
            [pages.component]: model.component,
            [pages.labels]: format.list(model.labels),
            [pages.trainingExamples]: format.number(model.training_examples),
            [pages.seed]: String(model.seed),
            [pages.snapshot]: model.snapshot,
            [pages.trained]: format.moment(model.trained_at),
          }}
        />
        <p>
          <a href={`/try/${model.project}`}>{results.tryTitle}</a>
        </p>
        <details>
          <summary>{pages.configuration}</summary>
          <Scrolled>{model.config}</Scrolled>
        </details>
      </Card>
    </Page>
  );
}
