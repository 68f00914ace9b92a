import { Menu, UnstyledButton } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import classes from "./menus.module.css";
import { useMe, useOrganization } from "./place";

/** The organization's name; a menu when the person belongs to several. */
export function OrganizationMenu() {
  const { memberships } = useMe();
  const current = useOrganization();
  const navigate = useNavigate();
  const name = memberships.find(({ organization }) => organization.slug === current);
  const title = name?.organization.name ?? current;
  if (memberships.length < 2) return <span className={classes.organization}>{title}</span>;
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes.organization}>
          {title} <span aria-hidden="true">▾</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {memberships.map(({ organization }) => (
          <Menu.Item
            key={organization.id}
            onClick={() =>
              void navigate({ to: "/$org/projects", params: { org: organization.slug } })
            }
          >
            {organization.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
