"""Renders chat templates with the reference and writes chat-templates.json beside this file.

Needs transformers (its version is written into the file). The templates are those that the named
families publish in tokenizer_config.json.
"""
import json
import pathlib

import jinja2
import transformers
from transformers.utils.chat_template_utils import render_jinja_template

CHATML = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
SMOLLM2 = (
    "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\n"
    "You are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n' }}{% endif %}"
    "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
QWEN2 = (
    "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
    "{{ '<|im_start|>system\\nYou are a helpful assistant.<|im_end|>\\n' }}{% endif %}"
    "{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
QWEN25 = r"""{%- if tools %}
    {{- '<|im_start|>system\n' }}
    {%- if messages[0]['role'] == 'system' %}
        {{- messages[0]['content'] }}
    {%- else %}
        {{- 'You are Qwen, created by Alibaba Cloud. You are a helpful assistant.' }}
    {%- endif %}
    {{- "\n\n# Tools\n\nYou may call one or more functions to assist with the user query.\n\nYou are provided with function signatures within <tools></tools> XML tags:\n<tools>" }}
    {%- for tool in tools %}
        {{- "\n" }}
        {{- tool | tojson }}
    {%- endfor %}
    {{- "\n</tools>\n\nFor each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\n<tool_call>\n{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call><|im_end|>\n" }}
{%- else %}
    {%- if messages[0]['role'] == 'system' %}
        {{- '<|im_start|>system\n' + messages[0]['content'] + '<|im_end|>\n' }}
    {%- else %}
        {{- '<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n' }}
    {%- endif %}
{%- endif %}
{%- for message in messages %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
        {{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>' + '\n' }}
    {%- elif message.role == "assistant" %}
        {{- '<|im_start|>' + message.role }}
        {%- if message.content %}
            {{- '\n' + message.content }}
        {%- endif %}
        {{- '<|im_end|>\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\n' }}
{%- endif %}
"""
QWEN3 = r"""{%- if messages[0].role == 'system' %}
    {{- '<|im_start|>system\n' + messages[0].content + '<|im_end|>\n' }}
{%- endif %}
{%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}
{%- for message in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if ns.multi_step_tool and message.role == "user" and message.content is string and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}
        {%- set ns.multi_step_tool = false %}
        {%- set ns.last_query_index = index %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- if message.content is string %}
        {%- set content = message.content %}
    {%- else %}
        {%- set content = '' %}
    {%- endif %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) %}
        {{- '<|im_start|>' + message.role + '\n' + content + '<|im_end|>' + '\n' }}
    {%- elif message.role == "assistant" %}
        {%- set reasoning_content = '' %}
        {%- if message.reasoning_content is string %}
            {%- set reasoning_content = message.reasoning_content %}
        {%- else %}
            {%- if '</think>' in content %}
                {%- set reasoning_content = content.split('</think>')[0].rstrip('\n').split('<think>')[-1].lstrip('\n') %}
                {%- set content = content.split('</think>')[-1].lstrip('\n') %}
            {%- endif %}
        {%- endif %}
        {%- if loop.index0 > ns.last_query_index %}
            {%- if loop.last or (not loop.last and reasoning_content) %}
                {{- '<|im_start|>' + message.role + '\n<think>\n' + reasoning_content.strip('\n') + '\n</think>\n\n' + content.lstrip('\n') }}
            {%- else %}
                {{- '<|im_start|>' + message.role + '\n' + content }}
            {%- endif %}
        {%- else %}
            {{- '<|im_start|>' + message.role + '\n' + content }}
        {%- endif %}
        {{- '<|im_end|>\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}
        {{- '<think>\n\n</think>\n\n' }}
    {%- endif %}
{%- endif %}"""
LLAMA2 = (
    "{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}"
    "{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}"
    "{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}"
    "{% if loop.index0 == 0 and system_message != false %}"
    "{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + message['content'] %}"
    "{% else %}{% set content = message['content'] %}{% endif %}"
    "{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}"
    "{% elif message['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}{% endif %}{% endfor %}"
)
LLAMA3 = (
    "{% set loop_messages = messages %}{% for message in loop_messages %}"
    "{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' %}"
    "{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}"
)
LLAMA32 = r"""{{- bos_token }}
{%- if not date_string is defined %}
    {%- if strftime_now is defined %}
        {%- set date_string = strftime_now("%d %b %Y") %}
    {%- else %}
        {%- set date_string = "26 Jul 2024" %}
    {%- endif %}
{%- endif %}
{%- if not tools is defined %}
    {%- set tools = none %}
{%- endif %}

{#- This block extracts the system message, so we can slot it into the right place. #}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}

{#- System message #}
{{- "<|start_header_id|>system<|end_header_id|>\n\n" }}
{%- if tools is not none %}
    {{- "Environment: ipython\n" }}
{%- endif %}
{{- "Cutting Knowledge Date: December 2023\n" }}
{{- "Today Date: " + date_string + "\n\n" }}
{{- system_message }}
{{- "<|eot_id|>" }}
{%- for message in messages %}
    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
        {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}
{%- endif %}
"""
MISTRAL = (
    "{{ bos_token }}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}"
    "{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'] + ' [/INST]' }}"
    "{% elif message['role'] == 'assistant' %}{{ message['content'] + eos_token}}"
    "{% else %}{{ raise_exception('Only user and assistant roles are supported!') }}{% endif %}{% endfor %}"
)
GEMMA = (
    "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
    "{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}"
    "{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}"
    "{{ '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{'<start_of_turn>model\n'}}{% endif %}"
)
GEMMA3 = r"""{{ bos_token }}
{%- if messages[0]['role'] == 'system' -%}
    {%- if messages[0]['content'] is string -%}
        {%- set first_user_prefix = messages[0]['content'] + '

' -%}
    {%- else -%}
        {%- set first_user_prefix = messages[0]['content'][0]['text'] + '

' -%}
    {%- endif -%}
    {%- set loop_messages = messages[1:] -%}
{%- else -%}
    {%- set first_user_prefix = "" -%}
    {%- set loop_messages = messages -%}
{%- endif -%}
{%- for message in loop_messages -%}
    {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) -%}
        {{ raise_exception("Conversation roles must alternate user/assistant/user/assistant/...") }}
    {%- endif -%}
    {%- if (message['role'] == 'assistant') -%}
        {%- set role = "model" -%}
    {%- else -%}
        {%- set role = message['role'] -%}
    {%- endif -%}
    {{ '<start_of_turn>' + role + '
' + (first_user_prefix if loop.first else "") }}
    {%- if message['content'] is string -%}
        {{ message['content'] | trim }}
    {%- elif message['content'] is iterable -%}
        {%- for item in message['content'] -%}
            {%- if item['type'] == 'image' -%}
                {{ '<start_of_image>' }}
            {%- elif item['type'] == 'text' -%}
                {{ item['text'] | trim }}
            {%- endif -%}
        {%- endfor -%}
    {%- else -%}
        {{ raise_exception("Invalid content type") }}
    {%- endif -%}
    {{ '<end_of_turn>
' }}
{%- endfor -%}
{%- if add_generation_prompt -%}
    {{'<start_of_turn>model
'}}
{%- endif -%}
"""
ZEPHYR = (
    "{% for message in messages %}\n{% if message['role'] == 'user' %}\n{{ '<|user|>\n' + message['content'] + eos_token }}\n"
    "{% elif message['role'] == 'system' %}\n{{ '<|system|>\n' + message['content'] + eos_token }}\n"
    "{% elif message['role'] == 'assistant' %}\n{{ '<|assistant|>\n'  + message['content'] + eos_token }}\n{% endif %}\n"
    "{% if loop.last and add_generation_prompt %}\n{{ '<|assistant|>' }}\n{% endif %}\n{% endfor %}"
)
PHI3 = (
    "{% for message in messages %}{% if message['role'] == 'system' %}{{'<|system|>\n' + message['content'] + '<|end|>\n'}}"
    "{% elif message['role'] == 'user' %}{{'<|user|>\n' + message['content'] + '<|end|>\n'}}"
    "{% elif message['role'] == 'assistant' %}{{'<|assistant|>\n' + message['content'] + '<|end|>\n'}}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% else %}{{ eos_token }}{% endif %}"
)
PHI4 = (
    "{% for message in messages %}{% if (message['role'] == 'system') %}{{'<|im_start|>system<|im_sep|>' + message['content'] + '<|im_end|>'}}"
    "{% elif (message['role'] == 'user') %}{{'<|im_start|>user<|im_sep|>' + message['content'] + '<|im_end|>'}}"
    "{% elif (message['role'] == 'assistant') %}{{'<|im_start|>assistant<|im_sep|>' + message['content'] + '<|im_end|>'}}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant<|im_sep|>' }}{% endif %}"
)

# What the families' templates use here and there, one feature each.
FEATURES = {
    "feature: generation tags": "{% for m in messages %}{{ m.role }}: {% generation %}{{ m.content }}{% endgeneration %};{% endfor %}",
    "feature: break and continue": "{% for m in messages %}{% if m.role == 'system' %}{% continue %}{% endif %}{% if loop.index0 > 1 %}{% break %}{% endif %}{{ m.content }}{% endfor %}",
    "feature: namespace": "{% set ns = namespace(n=0, seen=false) %}{% for m in messages %}{% if m.role == 'user' %}{% set ns.n = ns.n + 1 %}{% set ns.seen = true %}{% endif %}{% endfor %}{{ ns.n }} {{ 'yes' if ns.seen else 'no' }}",
    "feature: text methods": "{% for m in messages %}[{{ m.content.strip() }}|{{ m.content.lstrip() }}|{{ m.content.rstrip('.! ') }}|{{ m.content.upper() }}|{{ m.content.lower() }}|{{ m.content.title() }}|{{ m.content.capitalize() }}|{{ m.content.replace('a', 'bb') }}|{{ m.content.startswith('You') }}|{{ m.content.endswith('?') }}|{{ m.content.find('e') }}|{{ m.content.split()|length }}|{{ m.content.split(' ')[-1] }}|{{ m.content.split('a', 1)|join('+') }}]{% endfor %}",
    "feature: slices": "{{ messages[0].content[:3] }}|{{ messages[0].content[-4:] }}|{{ messages[0].content[1:-1] }}|{% for m in messages[::-1] %}{{ m.role }},{% endfor %}|{{ messages[1:]|length }}|{{ messages[-1].role }}",
    "feature: tojson": "{% for m in messages %}{{ m | tojson }}\n{% endfor %}{{ messages[0] | tojson(indent=2) }}{{ {'ä': [1, 2.5, true, none, '<&\"']} | tojson }}",
    "feature: mappings": "{% for m in messages %}{% for k, v in m.items() %}{{ k }}={{ v }};{% endfor %}{{ m.get('name', 'nobody') }}{{ m.keys()|list|length }}{% if 'role' in m %}R{% endif %}{% if m.tool_calls is defined %}T{% endif %}{% if m['x'] is not defined %}U{% endif %}{% endfor %}",
    "feature: macro": "{% macro turn(role, text='') %}<{{ role }}>{{ text }}{% endmacro %}{% for m in messages %}{{ turn(m.role, m.content) }}{% endfor %}{{ turn('assistant') }}",
    "feature: filters": "{{ messages | map(attribute='role') | join(', ') }}|{{ messages | selectattr('role', 'equalto', 'user') | list | length }}|{{ messages | rejectattr('role', 'equalto', 'user') | list | length }}|{{ ' x ' | trim }}|{{ nothing | default('d') }}|{{ messages | first | attr('role') }}|{{ (messages | last).role }}|{{ 'abc' | upper }}|{{ 'a-b' | replace('-', '+') }}|{{ messages | length }}|{{ 3 | string + 'x' }}|{{ '7' | int + 1 }}",
    "feature: operators": "{{ 'a' ~ 1 ~ 'b' }}|{{ 7 // 2 }}|{{ 7 % 4 }}|{{ 'x' * 3 }}|{{ not true or 1 == 1 and 2 > 1 }}|{{ 'user' in ['user', 'x'] }}|{{ 'z' not in 'abc' }}|{{ 1 if false }}|{{ -1 }}|{{ 2 ** 3 }}|{{ (1, 2)|length }}|{{ loop is defined }}",
    "feature: white space": "{% for m in messages %}\n    {% if m.role == 'user' %}\n  U {{ m.content }}\n    {% endif %}\n    {#- a note -#}\n  x\n{%- endfor %}\n\n{{ 'end' }}\n\n",
    "feature: escapes": "{{ 'tab\\tquote\\'s \"d\" back\\\\slash n\\n' }}{{ \"it's\" }}{{ '{{ not run }}' }}{% raw %}{{ raw }}{% endraw %}",
    "feature: loop": "{% for m in messages %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.previtem.role if not loop.first }}{{ loop.nextitem.role if not loop.last }};{% else %}none{% endfor %}",
    "feature: loop filter": "{% for m in messages if m.role != 'system' %}{{ loop.index }}{{ m.role }};{% endfor %}",
    "feature: set block": "{% set x %}a{{ messages[0].role }}{% endset %}[{{ x }}]",
    "feature: nothing printed": "[{{ none }}|{{ missing }}|{{ true }}|{{ false }}|{{ 1.0 }}|{{ [1, 'a', none, true] }}|{{ {'a': 1} }}]",
    "feature: dates": "{{ strftime_now('%Y-%m-%d')|length }}",
    "feature: scope": "{% set x = 1 %}{% for m in messages %}{% set x = 2 %}{% endfor %}{{ x }}{% if true %}{% set x = 3 %}{% endif %}{{ x }}",
    "feature: inline loop of text": "{% for c in 'abc' %}{{ c }}.{% endfor %}{% for i in range(3) %}{{ i }}{% endfor %}",
    "error: unknown method": "{{ messages[0].content.nonsense() }}",
    "error: missing text added": "{{ 'a' + messages[0].nothing }}",
    "error: own words": "{{ raise_exception('no \\'such\\' role') }}",
    "error: sandbox": "{{ ''.__class__.__mro__ }}{{ ''.getClass().forName('java.lang.Runtime') }}",
}

SYSTEM = {"role": "system", "content": "You are terse. "}
USER = {"role": "user", "content": "  What is the capital of France? "}
REPLY = {"role": "assistant", "content": "<think>\nEasy.\n</think>\n\nParis."}
AGAIN = {"role": "user", "content": "And {{ of }} {% Italy %} 日本 🙂?"}
CHATS = {
    "one turn": [USER],
    "system and user": [SYSTEM, USER],
    "four turns": [SYSTEM, USER, REPLY, AGAIN],
    "three turns": [USER, REPLY, AGAIN],
}
FAMILIES = {
    "ChatML": (CHATML, "<s>", "</s>"),
    "SmolLM2": (SMOLLM2, "<|im_start|>", "<|im_end|>"),
    "Qwen2": (QWEN2, None, "<|endoftext|>"),
    "Qwen2.5": (QWEN25, None, "<|im_end|>"),
    "Qwen3": (QWEN3, None, "<|im_end|>"),
    "Llama-2": (LLAMA2, "<s>", "</s>"),
    "Llama-3": (LLAMA3, "<|begin_of_text|>", "<|end_of_text|>"),
    "Llama-3.2": (LLAMA32, "<|begin_of_text|>", "<|eot_id|>"),
    "Mistral": (MISTRAL, "<s>", "</s>"),
    "Gemma": (GEMMA, "<bos>", "<eos>"),
    "Gemma 3": (GEMMA3, "<bos>", "<eos>"),
    "Zephyr": (ZEPHYR, "<s>", "</s>"),
    "Phi-3": (PHI3, "<s>", "<|endoftext|>"),
    "Phi-4": (PHI4, "<|endoftext|>", "<|im_end|>"),
}


def template_name(template):
    """The name under which a template is written down, once."""
    return next(n for n, t in ALL.items() if t == template)


def case(name, template, bos, eos, chat, generate):
    tokens = {k: v for k, v in (("bos_token", bos), ("eos_token", eos)) if v}
    family = template_name(template)
    entry = {"name": name, "template": family, **tokens, "messages": chat, "addGenerationPrompt": generate}
    if "date_string" in template:
        entry["variables"] = {"date_string": "26 Jul 2024"}
    try:
        rendered, _ = render_jinja_template(
            conversations=[chat], chat_template=template, add_generation_prompt=generate,
            **entry.get("variables", {}), **tokens)
        entry["rendered"] = rendered[0]
    except Exception as e:
        entry["error"] = str(e)
    return entry


ALL = {**{n: t for n, (t, _, _) in FAMILIES.items()}, **FEATURES}
cases = []
for family, (template, bos, eos) in FAMILIES.items():
    for chat_name, chat in CHATS.items():
        for generate in (True, False):
            suffix = ", to be answered" if generate else ""
            cases.append(case(f"{family}: {chat_name}{suffix}", template, bos, eos, chat, generate))
for name, template in FEATURES.items():
    cases.append(case(name, template, "<s>", "</s>", CHATS["four turns"], True))
out = {"transformers": transformers.__version__, "jinja2": jinja2.__version__, "templates": ALL, "cases": cases}
path = pathlib.Path(__file__).with_name("chat-templates.json")
path.write_text(json.dumps(out, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
