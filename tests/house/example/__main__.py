import sys

from orchestrator_v2 import Client
from orchestrator_v2.models import ExecuteWorkflowRequestDTO

with Client(sys.argv[1]) as client:
    run = client.execute_workflow("wait", ExecuteWorkflowRequestDTO(input_data={"name": "Ada"}))
    print(client.abort_workflow(run.id), client.get_instance_by_id(run.id).state)
