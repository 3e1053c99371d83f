import { DirectLineError } from './errors.ts';

const ACTIVITY_PART = 'application/vnd.microsoft.activity';

/**
 * The activity of an upload: its part `activity`, with the kinds of the files beside it. The files themselves are
 * dropped: the bot cannot read them. Throws a DirectLineError where the body is no such upload.
 */
export async function activityOfUpload(body: Buffer, contentType: string, userId: string | undefined): Promise<unknown> {
  const form = await formOf(body, contentType);
  let activity: Record<string, unknown> = { type: 'message' };
  const attachments: { contentType: string }[] = [];
  for (const [name, value] of form) {
    if (name === 'activity') activity = { ...activity, ...(await objectOf(value)) };
    else attachments.push({ contentType: typeof value === 'string' ? 'text/plain' : value.type || 'application/octet-stream' });
  }
  return { ...activity, ...(userId && { from: { id: userId } }), attachments };
}

async function formOf(body: Buffer, contentType: string): Promise<FormData> {
  if (!/^multipart\/form-data/iu.test(contentType)) throw new DirectLineError('UnsupportedMediaType', 'An upload is multipart/form-data.');
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new DirectLineError('BadArgument', 'The body is no valid multipart/form-data.');
  }
}

async function objectOf(value: FormDataEntryValue): Promise<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(typeof value === 'string' ? value : await value.text());
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Falls through to the refusal.
  }
  throw new DirectLineError('BadArgument', `The part "activity" (${ACTIVITY_PART}) is no JSON object.`);
}
