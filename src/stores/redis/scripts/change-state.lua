-- Writes or deletes a value. KEYS: conversation. Returns 0 where somebody else has changed it.
local conversation = conversation_at(1)
if is_conflict(conversation, request.change) then
  return 0
end
change_state(conversation, request.change)
touch(conversation, request.conversation)
return 1
