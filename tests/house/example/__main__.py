from orchestrator_v2 import Client, models

with Client("http://127.0.0.1:8000/api/orchestrator") as client:
    run = client.execute_workflow("greet", models.ExecuteWorkflowRequestDTO(input_data={"name": "Ada"}))
    print(client.wait_for_instance(run.id, timeout=30).state)
