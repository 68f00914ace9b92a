import { Menu, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { signOut } from "../api/session";
import { tellProblem } from "../api/write";
import classes from "./menus.module.css";
import { useMe } from "./place";

const SCHEMES = [
  { value: "auto", name: "As the system" },
  { value: "light", name: "Light" },
  { value: "dark", name: "Dark" },
] as const;

/** Who is signed in, the colour scheme, and the way out. */
export function AccountMenu() {
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = useLeave();
  return (
    <Menu position="top-start" width={208}>
      <Menu.Target>
        <UnstyledButton className={classes.account}>
          <Text fz="sm" fw={600} truncate>
            {me.name || me.email}
          </Text>
          <Text fz="xs" c="dimmed" truncate>
            {me.email}
          </Text>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Colours</Menu.Label>
        {SCHEMES.map(({ value, name }) => (
          <Menu.Item
            key={value}
            onClick={() => setColorScheme(value)}
            rightSection={colorScheme === value ? "✓" : null}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={leave}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useLeave() {
  const client = useQueryClient();
  return async () => {
    try {
      await signOut();
      client.clear();
      window.location.assign("/sign-in");
    } catch (error) {
      tellProblem(error);
    }
  };
}
