import { LinkButton } from "../components/links";
import { Page } from "../components/Page";

/** Missing and forbidden look alike: the console cannot tell them apart either. */
export function NotHere() {
  return (
    <Page
      title="Nothing here"
      width="text"
      lead="This page does not exist, or it belongs to a project you were not added to. Ask whoever sent you the link to add you."
    >
      <div>
        <LinkButton to="/">Go to your projects</LinkButton>
      </div>
    </Page>
  );
}
