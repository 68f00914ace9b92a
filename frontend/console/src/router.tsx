/** Every address of the console; the map is docs/architecture.md, "Console routes". */
import {
  createRootRoute,
  createRoute,
  createRouter,
  notFound,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { meQuery } from "./api/me";
import { AcceptInvitation } from "./features/account/AcceptInvitation";
import { Device } from "./features/account/Device";
import { ForgotPassword } from "./features/account/ForgotPassword";
import { Home } from "./features/account/Home";
import { signInAddress } from "./features/account/next";
import { ResetPassword } from "./features/account/ResetPassword";
import { SignIn } from "./features/account/SignIn";
import { AuditLog } from "./features/audit/AuditLog";
import { BoardScreen } from "./features/board/BoardScreen";
import { ClusterScreen } from "./features/clusters/ClusterScreen";
import { Clusters } from "./features/clusters/Clusters";
import { DataScreen } from "./features/data/DataScreen";
import { JobScreen } from "./features/jobs/JobScreen";
import { Jobs } from "./features/jobs/Jobs";
import { LabelsScreen } from "./features/labels/LabelsScreen";
import { Models } from "./features/models/Models";
import { Overview } from "./features/overview/Overview";
import { People } from "./features/people/People";
import { NewProject } from "./features/projects/NewProject";
import { Projects } from "./features/projects/Projects";
import { HandBack } from "./features/recipes/HandBack";
import { RecipesScreen } from "./features/recipes/RecipesScreen";
import { TaskScreen } from "./features/tasks/TaskScreen";
import { Tasks } from "./features/tasks/Tasks";
import { Tokens } from "./features/tokens/Tokens";
import { queryClient } from "./queryClient";
import { Broken } from "./shell/Broken";
import { NotHere } from "./shell/NotHere";
import { Shell } from "./shell/Shell";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotHere });

const home = createRoute({ getParentRoute: () => root, path: "/", component: Home });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === "string" ? { next: search.next } : {},
  component: SignIn,
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: "/password-reset",
  component: ForgotPassword,
});

const chosenPassword = createRoute({
  getParentRoute: () => root,
  path: "/password-reset/$key",
  component: ResetPassword,
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitations/$token",
  component: AcceptInvitation,
});

const device = createRoute({
  getParentRoute: () => root,
  path: "/device",
  beforeLoad: ({ location }) => signedIn(location),
  component: Device,
});

/** Needs nobody signed in: it asks the API for nothing. */
const handBack = createRoute({
  getParentRoute: () => root,
  path: "/hand-back",
  component: HandBack,
});

/** Who is signed in; whoever is not signs in first and comes back. */
async function signedIn({ pathname, searchStr }: { pathname: string; searchStr: string }) {
  const me = await queryClient.ensureQueryData(meQuery);
  if (!me) throw redirect({ href: signInAddress({ pathname, search: searchStr }) });
  return me;
}

const organization = createRoute({
  getParentRoute: () => root,
  path: "/$org",
  beforeLoad: async ({ params, location }) => {
    const me = await signedIn(location);
    if (!me.memberships.some((each) => each.organization.slug === params.org)) throw notFound();
  },
  component: Shell,
  notFoundComponent: NotHere,
});

const organizationHome = createRoute({
  getParentRoute: () => organization,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/$org/projects", params });
  },
});

const people = createRoute({
  getParentRoute: () => organization,
  path: "people",
  component: People,
});
const tokens = createRoute({
  getParentRoute: () => organization,
  path: "tokens",
  component: Tokens,
});
const clusters = createRoute({
  getParentRoute: () => organization,
  path: "clusters",
  component: Clusters,
});
const cluster = createRoute({
  getParentRoute: () => organization,
  path: "clusters/$cluster",
  component: ClusterScreen,
});
const recipes = createRoute({
  getParentRoute: () => organization,
  path: "recipes",
  component: RecipesScreen,
});
const audit = createRoute({
  getParentRoute: () => organization,
  path: "audit",
  component: AuditLog,
});
const projects = createRoute({
  getParentRoute: () => organization,
  path: "projects",
  component: Projects,
});
const newProject = createRoute({
  getParentRoute: () => organization,
  path: "projects/new",
  component: NewProject,
});

const project = createRoute({
  getParentRoute: () => organization,
  path: "projects/$project",
  component: Outlet,
});
const projectHome = createRoute({
  getParentRoute: () => project,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/$org/projects/$project/overview", params });
  },
});
const overview = createRoute({
  getParentRoute: () => project,
  path: "overview",
  component: Overview,
});
const labels = createRoute({
  getParentRoute: () => project,
  path: "labels",
  component: LabelsScreen,
});
const data = createRoute({ getParentRoute: () => project, path: "data", component: DataScreen });
/** `?recipe=` of a new task or job: whoever comes from the catalogue finds its form open. */
const withRecipe = (search: Record<string, unknown>): { recipe?: string } =>
  typeof search.recipe === "string" ? { recipe: search.recipe } : {};

const tasks = createRoute({
  getParentRoute: () => project,
  path: "tasks",
  validateSearch: withRecipe,
  component: Tasks,
});
const task = createRoute({
  getParentRoute: () => project,
  path: "tasks/$task",
  component: TaskScreen,
});
const jobs = createRoute({
  getParentRoute: () => project,
  path: "jobs",
  validateSearch: withRecipe,
  component: Jobs,
});
const job = createRoute({
  getParentRoute: () => project,
  path: "jobs/$job",
  component: JobScreen,
});
const models = createRoute({ getParentRoute: () => project, path: "models", component: Models });
const board = createRoute({
  getParentRoute: () => project,
  path: "board",
  component: BoardScreen,
});

const projectTree = project.addChildren([
  projectHome,
  overview,
  labels,
  data,
  tasks,
  task,
  jobs,
  job,
  models,
  board,
]);

const organizationTree = organization.addChildren([
  organizationHome,
  people,
  tokens,
  clusters,
  cluster,
  recipes,
  audit,
  projects,
  newProject,
  projectTree,
]);

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    signIn,
    forgotPassword,
    chosenPassword,
    invitation,
    device,
    handBack,
    organizationTree,
  ]),
  defaultErrorComponent: Broken,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
