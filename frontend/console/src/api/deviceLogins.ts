import { answer, api } from "./client";
import type { DeviceLogin, Role } from "./types";

const LOGIN = "/api/v1/device-logins/{user_code}";

/** Which machine asks, by the code that it shows. */
export const findDeviceLogin = (user_code: string) =>
  answer<DeviceLogin>(api.GET(LOGIN, { params: { path: { user_code } } }));

export const refuseDeviceLogin = (user_code: string) =>
  answer<DeviceLogin>(api.POST(`${LOGIN}/refuse`, { params: { path: { user_code } } }));

export interface Approval {
  organization: string;
  role: Role;
}

/** Let the machine in; it then collects a token of this organization. */
export const approveDeviceLogin = (user_code: string, { organization, role }: Approval) =>
  answer<DeviceLogin>(
    api.POST("/api/v1/organizations/{organization}/device-logins/{user_code}/approve", {
      params: { path: { organization, user_code } },
      body: { role },
    }),
  );
