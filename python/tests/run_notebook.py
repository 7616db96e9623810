"""Runs the cells of a notebook one after the other, as Jupyter would, without it.  usage: run_notebook.py NOTEBOOK"""
import ast
import json
import os
import pathlib
import sys
import tempfile

notebook = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
os.environ.setdefault("CHANCERY_EXAMPLES", os.path.dirname(os.path.abspath(sys.argv[1])))
names = {"__name__": "__main__"}
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code":
            continue
        code = "".join(cell["source"])
        tree = ast.parse(code)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, f"cell {number}", "exec"), names)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), names)
            assert value is None or len(repr(value)) > 0
    os.chdir("/")
print(f"{sys.argv[1]}: every cell runs")
