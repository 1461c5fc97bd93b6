// @ts-check
import { announce, pageText } from './say.js';

/**
 * Does one thing in the city: `POST /city/<part>/<action>`. What it changed comes back as states, not as an answer.
 * @param {string} path for example `phone/says`
 * @param {Record<string, unknown>} body
 * @returns {Promise<boolean>} whether the city took it
 */
export async function ask(path, body = {}) {
  const isDone = await post(path, body);
  if (!isDone) announce(pageText('status.failed'));
  return isDone;
}

/** @param {string} path @param {Record<string, unknown>} body */
async function post(path, body) {
  try {
    const answer = await fetch(`/city/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.ok;
  } catch {
    return false;
  }
}
