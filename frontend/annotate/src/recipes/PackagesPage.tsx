import { Blank, Button, Notice } from "@annex/ui";
import { useCallback, useEffect, useState } from "react";
import { type Explained, explain, type Loaded, useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http, useSession } from "../app/session";
import { useText } from "../i18n/text";
import { Scrolled } from "../pages/Facts";
import { PackageRecipes, PackageWheels } from "./PackageTables";
import styles from "./Recipes.module.css";
import type { Package, PackageDetail, Packages } from "./shapes";

const LOOK_EVERY_MS = 3_000;

/** `/packages`: what was published to this cluster, and what became of it. */
export default function PackagesPage() {
  const load = useCallback(() => http.get<Packages>("/api/packages"), []);
  const { state, reload } = useLoaded(load);
  const { recipes } = useText();
  useWhileInstalling(state, reload);
  return (
    <Page title={recipes.packages} lead={recipes.packagesLead}>
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" ? <Shown told={state.value} reload={reload} /> : null}
    </Page>
  );
}

function useWhileInstalling(state: Loaded<Packages>, reload: () => void): void {
  const some =
    state.kind === "ready" && state.value.packages.some((one) => one.state === "installing");
  useEffect(() => {
    if (!some) return;
    const timer = setInterval(reload, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [some, reload]);
}

function Shown({ told, reload }: { told: Packages; reload: () => void }) {
  const { recipes } = useText();
  const { administrator } = useSession();
  const someWait = told.packages.some((one) => one.state === "waiting");
  if (told.packages.length === 0) {
    return <Blank title={recipes.noPackages}>{recipes.noPackagesWhat}</Blank>;
  }
  return (
    <>
      {administrator && someWait && !told.may_approve ? (
        <Notice kind="warn" title={recipes.approveOnMachine}>
          {recipes.approveOnMachineWhat}
        </Notice>
      ) : null}
      {told.packages.map((one) => (
        <PackageCard
          key={one.id}
          shown={one}
          mayApprove={told.may_approve && one.state === "waiting"}
          onApproved={reload}
        />
      ))}
    </>
  );
}

interface PackageCardProps {
  shown: Package;
  mayApprove: boolean;
  onApproved: () => void;
}

function PackageCard({ shown, mayApprove, onApproved }: PackageCardProps) {
  const { recipes, format } = useText();
  const [opened, setOpened] = useState(mayApprove || shown.state === "refused");
  return (
    <Card
      title={`${shown.name} ${shown.version}`}
      aside={<b className={styles[shown.state]}>{recipes.packageStates[shown.state]}</b>}
    >
      <p className={styles.quiet}>
        {recipes.published(
          format.moment(shown.published_at),
          shown.published_by || recipes.somebody,
        )}
        {shown.approved_by && shown.approved_at
          ? ` ${recipes.approved(format.moment(shown.approved_at), shown.approved_by)}`
          : null}
      </p>
      {shown.state === "waiting" ? <p className={styles.said}>{recipes.waitsWhat}</p> : null}
      {mayApprove ? <Approve shown={shown} onApproved={onApproved} /> : null}
      <details
        className={styles.fold}
        open={opened}
        onToggle={(event) => setOpened(event.currentTarget.open)}
      >
        <summary>{recipes.whatIsInIt}</summary>
        {/* What it holds changes with its state. */}
        {opened ? <Contents key={shown.state} id={shown.id} /> : null}
      </details>
    </Card>
  );
}

function Approve({ shown, onApproved }: Pick<PackageCardProps, "shown" | "onApproved">) {
  const text = useText();
  const { recipes } = text;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Explained | null>(null);
  const approve = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await http.send<PackageDetail>("POST", `/api/packages/${shown.id}/approve`);
      onApproved();
    } catch (error) {
      setProblem(explain(error, text));
    }
    setBusy(false);
  };
  return (
    <>
      {problem ? <Failed problem={problem} /> : null}
      <div className={styles.line}>
        <Button
          look="primary"
          disabled={busy}
          aria-label={`${recipes.approvePackage}: ${shown.name} ${shown.version}`}
          onClick={() => void approve()}
        >
          {recipes.approvePackage}
        </Button>
        <span className={styles.quiet}>{recipes.approvePackageWhat}</span>
      </div>
    </>
  );
}

function Contents({ id }: { id: string }) {
  const load = useCallback(() => http.get<PackageDetail>(`/api/packages/${id}`), [id]);
  const { state, reload } = useLoaded(load);
  const { recipes } = useText();
  if (state.kind === "loading") return <Loading />;
  if (state.kind === "failed") return <Failed problem={state.problem} onRetry={reload} />;
  const { description, wheels, log } = state.value;
  return (
    <div className={styles.told}>
      {description ? <PackageRecipes recipes={description.recipes} /> : null}
      <PackageWheels wheels={wheels} />
      {log ? (
        <section className={styles.part}>
          <h3>{recipes.installLog}</h3>
          <Scrolled>{log}</Scrolled>
        </section>
      ) : null}
    </div>
  );
}
