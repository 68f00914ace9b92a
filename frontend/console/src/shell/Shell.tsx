import { AppShell, Burger, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";
import { AccountMenu } from "./AccountMenu";
import { Navigation } from "./Navigation";
import { OrganizationMenu } from "./OrganizationMenu";
import classes from "./Shell.module.css";

/** The frame of every screen inside an organization: places on the left, the screen on the right. */
export function Shell() {
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <AppShell
      className={classes.shell}
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: 224, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding={0}
    >
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <AppShell.Header hiddenFrom="sm" className={classes.header}>
        <Burger opened={opened} onClick={toggle} size="sm" aria-label="Open the menu" />
        <OrganizationMenu />
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar}>
        <Group visibleFrom="sm" mb="md">
          <OrganizationMenu />
        </Group>
        <Navigation onGo={close} />
        <div className={classes.foot}>
          <AccountMenu />
        </div>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
